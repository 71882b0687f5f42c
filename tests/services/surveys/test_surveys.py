"""Requesters are asked once, after the work, and their answer is seen; nobody guesses a link."""

from datetime import timedelta

import pytest
import time_machine

from tests.jobs.test_drain import Mails, new_ticket, reply
from tests.support.intake import rows
from tests.support.mail import mails, outbox_folder
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid, NotFound
from ticketdesk.jobs import surveys
from ticketdesk.jobs.drain import drain
from ticketdesk.models import Survey, TicketActivity
from ticketdesk.services import ticket_settings
from ticketdesk.services.surveys import answer, links
from ticketdesk.services.tickets.stats import stats

__all__ = ["mails", "outbox_folder"]


@pytest.fixture
def asking(database: str, ada: Actor) -> Actor:
    """Acme asks a day after the work."""
    patch = {"emailConfig": {"answers": {"surveyAfterHours": 24}}}
    unit_of_work.as_actor(ada, ticket_settings.change, patch)
    return ada


def resolved(grace: Actor, clock: time_machine.Traveller, **changes: object) -> None:
    reply(grace, new_ticket(grace, **changes), "Done.", statusChange="RESOLVED")
    clock.shift(timedelta(hours=25))


def sent(mails: Mails) -> list:
    drain("mail.survey")
    return [mail for mail in mails() if "List-Unsubscribe" in mail]


def token(mail) -> str:
    return str(mail["List-Unsubscribe"]).strip("<>").split("/rate/")[1].removesuffix("/stop")


def test_a_requester_is_asked_once_after_the_delay(
    asking: Actor, grace: Actor, mails: Mails, clock: time_machine.Traveller
) -> None:
    reply(grace, new_ticket(grace), "Done.", statusChange="RESOLVED")
    assert surveys.ask() == 0
    clock.shift(timedelta(hours=25))
    assert surveys.ask() == 1
    assert surveys.ask() == 0
    (mail,) = sent(mails)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "?answer=good" in mail.get_body(("plain",)).get_content()
    assert "Done." not in mail.as_string()


def test_nobody_is_asked_unless_the_organization_wants_it(
    ada: Actor, grace: Actor, mails: Mails, clock: time_machine.Traveller
) -> None:
    resolved(grace, clock)
    assert surveys.ask() == 0
    patch = {"emailConfig": {"answers": {"surveyAfterHours": 1}}}
    unit_of_work.as_actor(ada, ticket_settings.change, patch)
    clock.shift(timedelta(days=30))
    assert surveys.ask() == 0, "long done"


def test_a_ticket_that_opened_again_is_not_asked_about(
    asking: Actor, grace: Actor, mails: Mails, clock: time_machine.Traveller
) -> None:
    resolved(grace, clock)
    surveys.ask()
    from ticketdesk.services.tickets import status
    from ticketdesk.services.tickets.commands import ChangeStatus

    unit_of_work.as_actor(grace, status.change_status, "1001", ChangeStatus(status="OPEN"))
    assert sent(mails) == []


def test_the_answer_is_kept_seen_in_the_ticket_and_counted(
    asking: Actor, grace: Actor, mails: Mails, clock: time_machine.Traveller
) -> None:
    resolved(grace, clock)
    surveys.ask()
    (mail,) = sent(mails)
    organization_id, survey_id = unit_of_work.across(answer.place, token(mail))

    def rate(rating: str, comment: str) -> None:
        unit_of_work.as_anonymous(organization_id, answer.rate, survey_id, rating, comment)

    rate("GOOD", "Quick!")
    rate("GOOD", "Quick!")
    told = [a for a in rows(TicketActivity) if "satisfied" in a.description]
    assert [a.description for a in told] == ["is satisfied with the help: “Quick!”"]
    assert told[0].performed_by_name == "Jane Doe"
    found = unit_of_work.as_actor(grace, stats).satisfaction
    assert (found.good, found.bad, found.percent) == (1, 0, 100.0)
    rate("BAD", "")
    assert [(s.rating, s.comment) for s in rows(Survey)] == [("BAD", "")]
    with pytest.raises(Invalid):
        rate("PERFECT", "")


def test_who_wants_no_more_is_asked_no_more(
    asking: Actor, grace: Actor, mails: Mails, clock: time_machine.Traveller
) -> None:
    resolved(grace, clock)
    surveys.ask()
    organization_id, survey_id = unit_of_work.across(answer.place, token(sent(mails)[0]))
    unit_of_work.as_anonymous(organization_id, answer.stop, survey_id)
    resolved(grace, clock)
    surveys.ask()
    assert len(sent(mails)) == 1


def test_machines_are_not_asked(
    asking: Actor, grace: Actor, mails: Mails, clock: time_machine.Traveller
) -> None:
    from ticketdesk.jobs.intake import take_in

    raw = b"From: bot@m.example\nSubject: Disk\nPrecedence: bulk\nMessage-ID: <d@m>\n\nFull."
    take_in(grace.organization_id, raw, "webhook")
    reply(grace, rows_ticket(), "Done.", statusChange="RESOLVED")
    clock.shift(timedelta(hours=25))
    surveys.ask()
    assert sent(mails) == []


def rows_ticket():
    from ticketdesk.models import Ticket

    return rows(Ticket)[0]


def test_a_link_cannot_be_guessed_or_used_for_another(
    asking: Actor, grace: Actor, mails: Mails, clock: time_machine.Traveller, bo: Actor
) -> None:
    resolved(grace, clock)
    surveys.ask()
    good = token(sent(mails)[0])
    other = links.token("survey_" + "0" * 32)
    crossed = f"{good.split('.')[0]}.{other.split('.')[1]}"
    for wrong in (crossed, other, good[:-1], good + "a", "", "x" * 500, good.split(".")[0]):
        with pytest.raises(NotFound):
            unit_of_work.across(answer.place, wrong)
    _, survey_id = unit_of_work.across(answer.place, good)
    with pytest.raises(NotFound):
        unit_of_work.as_anonymous(bo.organization_id, answer.read, survey_id)
