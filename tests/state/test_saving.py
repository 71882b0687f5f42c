"""A form of settings is judged while one types, and nothing of that is kept."""

import asyncio

import pytest

from ticketdesk import unit_of_work
from ticketdesk.services import ticket_settings
from ticketdesk.services.people import invite
from ticketdesk.state import session as edge
from ticketdesk.state.settings import saving
from ticketdesk.state.settings.saving import rehearse
from ticketdesk.unit_of_work import Credential


class Page:
    """As much of a State as a rehearsal needs."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}


@pytest.fixture
def ada_types(database: str, ada, monkeypatch: pytest.MonkeyPatch):
    """`ada_types(page, values, service, …)`: the rehearsal of a save by Ada."""
    monkeypatch.setattr(unit_of_work, "resolve", lambda _credential: ada)
    monkeypatch.setattr(edge, "session_token", lambda _state: "token")

    def types(page: Page, values: dict, service, *args) -> None:
        asyncio.run(rehearse(page, values, edge.call(page, service, *args)))

    return types


def change(session, actor, patch):
    return ticket_settings.change(session, actor, patch)


def test_what_would_be_refused_shows_beside_its_field(ada_types) -> None:
    page = Page()

    ada_types(page, {"retention.auditDays": "3"}, change, {"retention": {"auditDays": "3"}})

    assert list(page.problems) == ["retention.auditDays"]


def test_it_goes_once_it_is_right_and_nothing_was_kept(ada_types, ada) -> None:
    page = Page()
    page.problems = {"retention.auditDays": "Too few."}

    ada_types(page, {"retention.auditDays": "300"}, change, {"retention": {"auditDays": "300"}})

    assert page.problems == {}
    settings, version = unit_of_work.as_actor(ada, ticket_settings.read)
    assert (settings.retention.audit_days, version) == (None, 1)


def test_what_was_not_filled_in_yet_is_not_called_wrong(ada_types, cast) -> None:
    page = Page()
    values = {"name": "", "email": "no address", "role": "AGENT"}

    def send(session, actor, given):
        return invite.invite(session, actor, invite.Invite.parse(given))

    ada_types(page, values, send, values)

    assert list(page.problems) == ["email"]


def test_a_rehearsal_promises_nothing_to_anybody(ada_types, redis) -> None:
    from sqlmodel import select

    from ticketdesk.models import OutboxEvent

    page = Page()
    values = {"name": "Kay", "email": "kay@acme.example", "role": "AGENT"}

    def send(session, actor, given):
        return invite.invite(session, actor, invite.Invite.parse(given))

    ada_types(page, values, send, values)

    assert page.problems == {}
    found = unit_of_work.across(lambda session: session.exec(select(OutboxEvent.id)).all())
    assert found == []


def test_outside_of_a_rehearsal_everything_is_kept(database, ada, monkeypatch) -> None:
    monkeypatch.setattr(unit_of_work, "resolve", lambda _credential: ada)

    unit_of_work.call(Credential(session_token="x"), change, {"retention": {"auditDays": 300}})

    settings, _ = unit_of_work.as_actor(ada, ticket_settings.read)
    assert settings.retention.audit_days == 300


@pytest.mark.parametrize(
    ("name", "is_empty"),
    [
        ("title", True),
        ("name", False),
        ("retention.auditDays", True),
        ("fields.0.label", True),
        ("fields.0.key", False),
        ("fields.7.label", False),
        ("conditions.all.0.test", True),
        ("conditions.all.1.test", False),
        ("actions.0.SEND.cannedResponseId", True),
        ("somewhere.else", False),
    ],
)
def test_what_holds_nothing_yet_is_found_by_the_name_of_its_problem(name, is_empty) -> None:
    typed = {
        "title": "",
        "name": "Kay",
        "retention.auditDays": "",
        "fields": [{"label": "", "key": "a"}],
        "conditions": {
            "all": [
                {"field": "subject", "operator": "CONTAINS", "value": ""},
                {"field": "subject", "operator": "CONTAINS", "value": 3},
            ]
        },
        "actions": [{"type": "SEND"}],
    }
    assert saving._is_empty(typed, name) is is_empty
