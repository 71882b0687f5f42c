"""The CSV export: the list's filters, no formulas, flat memory."""

import csv
import io

import pytest

from tests.api.callers import refused
from tests.api.test_listing import counted
from ticketdesk.services.tickets import export

PATH = "/api/tickets/export"


def _rows(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_an_export_is_a_csv_file_with_a_header(agent) -> None:
    answer = agent.get(PATH)

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="tickets-')
    assert answer.text.split("\r\n")[0].split(",") == list(export.COLUMNS)


def test_a_row_says_what_the_ticket_says(agent) -> None:
    agent.ticket(subject='Ümlaut, "quotes"\nand lines', assignedToId="me", tags=["a", "b"])

    (row,) = _rows(agent.get(PATH))

    assert row["ticketNumber"] == "1001"
    assert row["subject"] == 'Ümlaut, "quotes" and lines'
    assert (row["assignedTo"], row["assignedToEmail"]) == ("Grace Hopper", "grace@acme.example")
    assert row["tags"] == "a, b"
    assert row["createdAt"].endswith("Z")


def test_an_export_takes_the_lists_filters(agent) -> None:
    agent.ticket(subject="One", priority="HIGH")
    agent.ticket(subject="Two", priority="LOW")

    assert [row["subject"] for row in _rows(agent.get(f"{PATH}?priority=LOW"))] == ["Two"]
    assert [row["subject"] for row in _rows(agent.get(f"{PATH}?q=one"))] == ["One"]
    refused(agent.get(f"{PATH}?priority=SUPER"), 422, "validation_error")
    refused(agent.get(f"{PATH}?limit=5"), 422, "validation_error", "limit")
    refused(agent.get(f"{PATH}?sort=priority"), 422, "validation_error", "sort")


@pytest.mark.parametrize(
    "evil",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", '=HYPERLINK("http://evil.example")'],
)
def test_no_cell_is_a_formula(agent, evil: str) -> None:
    agent.ticket(subject=f"x {evil}", requesterName=evil, description=evil, tags=[evil])

    (row,) = _rows(agent.get(PATH))

    for name in ("requesterName", "description", "tags"):
        assert row[name].startswith("'"), (name, row[name])
    assert not row["subject"].startswith("'")


def test_every_ticket_comes_once_page_after_page(agent, monkeypatch) -> None:
    monkeypatch.setattr(export, "PAGE", 3)
    for number in range(10):
        agent.ticket(subject=f"Ticket {number}", assignedToId="me")

    for sort, order in (("createdAt", range(10)), ("-createdAt", range(9, -1, -1))):
        rows = _rows(agent.get(f"{PATH}?sort={sort}"))
        assert [row["subject"] for row in rows] == [f"Ticket {number}" for number in order]


def test_a_page_costs_the_same_number_of_queries_whatever_its_size(agent) -> None:
    agent.ticket(assignedToId="me")
    with counted() as few:
        agent.get(PATH)
    for _ in range(20):
        agent.ticket(assignedToId="me")
    with counted() as many:
        agent.get(PATH)

    assert len(few) == len(many)


def test_an_export_knows_its_own_organization_only(agent, stranger) -> None:
    agent.ticket()

    assert _rows(stranger.get(PATH)) == []
