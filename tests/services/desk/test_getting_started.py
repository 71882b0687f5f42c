"""The first steps of a new organization are ticked by what is really there."""

import pytest
from sqlmodel import Session

from tests.api.test_listing import counted
from ticketdesk import db
from ticketdesk.errors import Forbidden
from ticketdesk.models import User
from ticketdesk.models.enums import TicketSource, UserRole
from ticketdesk.services import members, organization_profile, ticket_settings
from ticketdesk.services.desk import frame, getting_started
from ticketdesk.services.organization_profile import ProfileInput
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create


@pytest.fixture
def alone(session: Session, cast):
    """Bo, the only member of globex, as after `ticketdesk init`."""
    db.set_tenant(session, cast.globex)
    return cast.bo


def done(session: Session, actor) -> list[bool]:
    return [step.is_done for step in getting_started.read(session, actor).steps]


def ticket(session: Session, actor, source: TicketSource) -> None:
    command = CreateTicket(
        requester_name="Jane",
        requester_email="jane@customer.example",
        subject="Lamp",
        description="Dark.",
    )
    create(session, actor, command, source=source)


def test_a_new_organization_has_five_steps_before_it(session: Session, alone) -> None:
    assert done(session, alone) == [False] * 5
    assert frame.frame(session, alone).guide == "0 of 5"


def test_each_step_is_ticked_by_the_thing_itself(session: Session, alone) -> None:
    profile = organization_profile.read(session, alone)
    command = ProfileInput(name="Globex Ltd", timezone="Europe/Berlin", locale="de")
    organization_profile.update(session, alone, command, profile.version)
    assert done(session, alone) == [True, False, False, False, False]

    members.add(session, alone, email="kay@globex.example", name="Kay", role=UserRole.AGENT)
    assert done(session, alone) == [True, True, False, False, False]

    mail = {"provider": "smtp", "fromEmail": "help@globex.example"}
    ticket_settings.change(session, alone, {"emailConfig": mail})
    assert done(session, alone) == [True, True, True, False, False]

    ticket(session, alone, TicketSource.MANUAL)
    assert done(session, alone) == [True, True, True, False, True]

    ticket(session, alone, TicketSource.EMBED)
    assert done(session, alone) == [True] * 5
    assert frame.frame(session, alone).guide == ""


def test_a_customer_is_no_colleague(session: Session, alone) -> None:
    members.add(session, alone, email="c@globex.example", name="C", role=UserRole.CUSTOMER)

    assert not done(session, alone)[1]


def test_whoever_puts_it_away_sees_it_only_where_it_lies(session: Session, alone) -> None:
    getting_started.dismiss(session, alone)
    getting_started.dismiss(session, alone)

    assert frame.frame(session, alone).guide == ""
    assert len(getting_started.read(session, alone).steps) == 5


def test_putting_it_away_keeps_other_preferences(session: Session, alone) -> None:
    user = session.get_one(User, alone.user_id)
    user.preferences = {"mailDigest": True}
    session.add(user)
    session.flush()

    getting_started.dismiss(session, alone)

    assert user.preferences == {"mailDigest": True, "guideDismissed": True}


def test_agents_are_not_asked_to_set_up(session: Session, grace) -> None:
    assert frame.frame(session, grace).guide == ""
    with pytest.raises(Forbidden):
        getting_started.read(session, grace)


def test_the_first_steps_cost_one_question_to_the_database(session: Session, alone) -> None:
    with counted() as statements:
        getting_started.read(session, alone)

    assert len(statements) <= 3
