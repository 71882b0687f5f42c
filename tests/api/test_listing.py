"""The list over HTTP: filters, orders, pages, totals, and a constant number of queries."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the SQL statements that run meanwhile."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def desk(agent, cast) -> list[dict]:
    """Four tickets that differ in everything."""
    tickets = [
        agent.ticket(subject="Invoice wrong", priority="HIGH", category="Billing", tags=["vip"]),
        agent.ticket(subject="Cannot log in", priority="LOW", assignedToId="me"),
        agent.ticket(subject="App crashes", priority="CRITICAL", assignedToId=cast.linus.user_id),
        agent.ticket(subject="Question", requesterEmail="jane@customer.example", source="EMAIL"),
    ]
    agent.patch(f"/api/tickets/{tickets[1]['id']}/status", {"status": "RESOLVED"})
    return tickets


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2, 3]),
        ("status=RESOLVED", [1]),
        ("status=NEW,RESOLVED", [0, 1, 2, 3]),
        ("priority=HIGH,CRITICAL", [0, 2]),
        ("assignedToId=me", [1]),
        ("assignedToId=none", [0, 3]),
        ("assignedToId=me,none", [0, 1, 3]),
        ("category=Billing", [0]),
        ("tag=VIP", [0]),
        ("requesterEmail=JANE@customer.example", [3]),
        ("source=EMAIL", [3]),
        ("sla=ok", [0, 2, 3]),
        ("q=invoice", [0]),
        ("q=log%20in", [1]),
        ("q=priority:>=high", [0, 2]),
        ("q=status:active", [0, 2, 3]),
        ("q=-tag:vip", [1, 2, 3]),
        ("q=nothingofthekind", []),
        ("createdAfter=2020-01-01T00:00:00Z", [0, 1, 2, 3]),
        ("createdBefore=2020-01-01T00:00:00Z", []),
        ("createdAfter=2020-01-01T00:00:00%2B02:00", [0, 1, 2, 3]),
        ("priority=HIGH&status=RESOLVED", []),
    ],
)
def test_filters_add_up_and_values_are_alternatives(agent, desk, query: str, found) -> None:
    page = agent.get(f"/api/tickets?sort=createdAt&{query}").json()

    assert [t["id"] for t in page["tickets"]] == [desk[index]["id"] for index in found]
    assert (page["total"], page["totalIsCapped"], page["nextCursor"]) == (len(found), False, None)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("createdAt", [0, 1, 2, 3]),
        ("-createdAt", [3, 2, 1, 0]),
        ("-updatedAt", [1, 3, 2, 0]),
        ("-priority", [2, 0, 3, 1]),
        ("status", [0, 2, 3, 1]),
        ("sla", [0, 2, 3, 1]),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_every_order_is_the_same_in_pages_of_any_size(agent, desk, sort, order, size) -> None:
    seen, cursor = [], None
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        page = agent.get(f"/api/tickets?sort={sort}&limit={size}{more}").json()
        seen += [ticket["id"] for ticket in page["tickets"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break

    assert seen == [desk[index]["id"] for index in order]


def test_a_cursor_belongs_to_its_order(agent, desk) -> None:
    cursor = agent.get("/api/tickets?sort=priority&limit=1").json()["nextCursor"]

    answer = agent.get(f"/api/tickets?sort=createdAt&cursor={cursor}")

    assert answer.status_code == 400


def test_another_organization_lists_nothing_of_it(stranger, desk) -> None:
    assert stranger.get("/api/tickets").json()["total"] == 0


def test_the_number_of_queries_does_not_grow_with_the_list(agent) -> None:
    for number in range(3):
        agent.ticket(subject=f"Ticket {number}", assignedToId="me")
    agent.get("/api/tickets")
    with counted() as few:
        agent.get("/api/tickets?limit=100")
    for number in range(30):
        agent.reply(agent.ticket(subject=f"More {number}"), "Hello")
    with counted() as many:
        answer = agent.get("/api/tickets?limit=100")

    assert answer.json()["total"] == 33
    assert len(few) == len(many), many
    assert len(many) <= 8, many


def test_the_number_of_queries_does_not_grow_with_the_thread(agent) -> None:
    ticket = agent.ticket()
    path = f"/api/tickets/{ticket['id']}/responses"
    agent.reply(ticket, "First")
    with counted() as few:
        agent.get(path)
    for number in range(30):
        agent.reply(ticket, f"Message {number}")
    with counted() as many:
        assert len(agent.get(path).json()["responses"]) == 31

    assert len(few) == len(many), many
