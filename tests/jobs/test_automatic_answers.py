"""First answers and answers out of hours: to people, not to machines, and not again and again."""

from datetime import timedelta

import pytest
import time_machine

from tests.jobs.test_drain import Mails, drain_all, new_ticket
from tests.support.intake import Deliver, deliver, rows
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.models import MailDelivery, Ticket
from ticketdesk.services import ticket_settings

__all__ = ["deliver"]

WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture
def answering(database: str, ada: Actor, clock: time_machine.Traveller) -> Actor:
    """Acme works from nine to five in Berlin; it is Monday noon there."""
    patch = {
        "emailConfig": {
            "answers": {"first": "We answer today.", "outOfHours": "We sleep.\nBack at nine."}
        },
        "slaConfig": {"businessHours": {"timezone": "Europe/Berlin", "weekly": WEEK}},
    }
    unit_of_work.as_actor(ada, ticket_settings.change, patch)
    return ada


def words(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def test_a_confirmation_says_the_first_answer_by_day_and_the_other_by_night(
    answering: Actor, grace: Actor, mails: Mails, clock: time_machine.Traveller
) -> None:
    new_ticket(grace)
    drain_all()
    assert "We answer today." in words(mails()[0])
    clock.shift(timedelta(hours=10))
    new_ticket(grace)
    drain_all()
    night = next(m for m in mails() if "#1002" in m["Subject"])
    assert "Back at nine." in words(night)
    assert "We answer today." not in words(night)


def test_who_writes_again_at_night_is_told_once(
    answering: Actor, deliver: Deliver, mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    new_ticket(grace)
    drain_all()
    thread = mails()[0]["Message-ID"]
    deliver("By day.", In_Reply_To=thread)
    drain_all()
    assert len(mails()) == 1
    clock.shift(timedelta(hours=10))
    for _ in range(3):
        deliver("By night.", In_Reply_To=thread)
        drain_all()
        clock.shift(timedelta(minutes=30))
    (told,) = [m for m in mails() if "We sleep." in words(m)]
    assert told["Auto-Submitted"] == "auto-replied"
    assert [d.kind for d in rows(MailDelivery)].count("out_of_hours") == 1
    clock.shift(timedelta(hours=20))
    deliver("The next night.", In_Reply_To=thread)
    drain_all()
    assert [d.kind for d in rows(MailDelivery)].count("out_of_hours") == 2


def test_machines_are_told_nothing(
    answering: Actor, deliver: Deliver, mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    new_ticket(grace)
    drain_all()
    thread = mails()[0]["Message-ID"]
    clock.shift(timedelta(hours=10))
    deliver("Away.", In_Reply_To=thread, Auto_Submitted="auto-replied")
    deliver("Newsletter.", In_Reply_To=thread, Precedence="list")
    drain_all()
    assert len(mails()) == 1


def test_two_desks_that_sleep_do_not_wake_each_other(
    answering: Actor,
    deliver: Deliver,
    mails: Mails,
    grace: Actor,
    bo: Actor,
    clock: time_machine.Traveller,
) -> None:
    from ticketdesk.jobs.intake import take_in

    clock.shift(timedelta(hours=10))
    deliver("Hello desk.", From="Globex <support@globex.example>")
    desks = {"acme": grace.organization_id, "globex": bo.organization_id}
    seen: set[str] = set()
    for _ in range(10):
        drain_all()
        fresh = [m for m in mails() if m["Message-ID"] not in seen]
        if not fresh:
            break
        for mail in fresh:
            seen.add(mail["Message-ID"])
            to = mail["To"].addresses[0].domain.removesuffix(".example")
            take_in(desks[to], mail.as_bytes(), "webhook")
    else:
        pytest.fail("they still write to each other")
    assert len(seen) == 1
    assert len(rows(Ticket)) == 1


def test_an_unverified_address_gets_nothing_that_the_submitter_wrote(
    answering: Actor, deliver: Deliver, mails: Mails
) -> None:
    deliver("Buy pills.", From="Spam <victim@else.example>", Subject="Pills")
    drain_all()
    (mail,) = mails()
    assert "We answer today." in words(mail)
    assert "ills" not in mail.as_string()
