"""`/rate/…`: opening a link changes nothing, an answer is one click, strangers find nothing."""

from collections.abc import Iterator

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from tests.jobs.test_drain import new_ticket
from ticketdesk import db, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.models import MailAddress, Survey
from ticketdesk.public.app import public
from ticketdesk.services.surveys import links


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(public, base_url="http://localhost:8000") as opened:
        yield opened


@pytest.fixture
def path(database: str, grace: Actor) -> str:
    """The address of a survey about ticket 1001."""
    ticket = new_ticket(grace)

    def write(session, actor: Actor) -> str:
        row = Survey(
            id="survey_" + "a" * 32,
            organization_id=actor.organization_id,
            ticket_id=ticket.id,
            recipient="jane@customer.example",
        )
        session.add(row)
        return row.id

    return f"/rate/{links.token(unit_of_work.as_system(grace.organization_id, write))}"


def kept() -> Survey:
    with db.system_session() as session:
        return session.exec(select(Survey)).one()


def test_opening_the_link_changes_nothing_and_posting_does(client: TestClient, path: str) -> None:
    shown = client.get(f"{path}?answer=bad")
    assert 'value="BAD" checked' in shown.text
    assert kept().rating is None
    given = {"rating": "BAD", "comment": "Too <b>slow</b>"}
    done = client.post(path, data=given, follow_redirects=True)
    assert "Thank you" in done.text
    assert (kept().rating, kept().comment) == ("BAD", "Too <b>slow</b>")
    assert "<b>slow" not in done.text


def test_a_mail_program_stops_surveys_with_one_click(client: TestClient, path: str) -> None:
    assert client.get(f"{path}/stop").status_code == 200
    client.post(f"{path}/stop", data={"List-Unsubscribe": "One-Click"})
    with db.system_session() as session:
        row = session.exec(select(MailAddress)).one()
    assert row.no_surveys_at
    assert row.email == "jane@customer.example"


@pytest.mark.parametrize("answer", ["", "PERFECT", "good'--", "x" * 5000])
def test_nonsense_is_refused(client: TestClient, path: str, answer: str) -> None:
    assert client.post(path, data={"rating": answer}).status_code == 422
    assert kept().rating is None


@pytest.mark.parametrize(
    "token", ["x", "survey_" + "a" * 32, "survey_" + "a" * 32 + "." + "a" * 26]
)
@pytest.mark.parametrize("rest", ["", "/stop"])
def test_a_guessed_link_leads_nowhere(client: TestClient, path: str, token: str, rest: str) -> None:
    for answer in (client.get(f"/rate/{token}{rest}"), client.post(f"/rate/{token}{rest}")):
        assert answer.status_code == 404
    assert kept().rating is None
