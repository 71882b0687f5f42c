"""The morning's summary: for who wants it, at eight where they are, once a day."""

from datetime import timedelta

import pytest
import time_machine

from tests.jobs.test_drain import Mails, new_ticket
from ticketdesk import db, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.jobs import digests
from ticketdesk.jobs.drain import drain
from ticketdesk.models import User
from ticketdesk.services.tickets import assign


@pytest.fixture
def wanting(database: str, grace: Actor) -> Actor:
    """Grace, in Berlin, wants it; it is Monday noon there."""
    with db.system_session() as session:
        user = session.get(User, grace.user_id)
        user.preferences = {**user.preferences, "mailDigest": True}
        user.timezone = "Europe/Berlin"
        session.add(user)
        session.commit()
    return grace


def test_it_comes_once_each_morning_with_what_is_open(
    wanting: Actor, linus: Actor, mails: Mails, clock: time_machine.Traveller
) -> None:
    mine, _ = new_ticket(wanting), new_ticket(wanting, subject="Nobody's <b>one</b>")
    unit_of_work.as_actor(wanting, assign.assign, mine.id, "me")
    assert digests.promise() == 0, "it is noon"
    clock.shift(timedelta(hours=20, minutes=5))
    assert digests.promise() == 1
    assert digests.promise() == 0
    drain("mail.digest")
    drain("mail.digest")
    (mail,) = mails()
    assert mail["To"].addresses[0].addr_spec == "grace@acme.example"
    text = mail.get_body(("plain",)).get_content()
    assert "#1001 Cannot log in" in text
    assert "Nobody's: 1" in text
    assert "<b>one</b>" not in mail.get_body(("html",)).get_content()
    clock.shift(timedelta(days=1))
    assert digests.promise() == 1


def test_nothing_open_means_no_mail_and_who_gave_it_up_gets_none(
    wanting: Actor, mails: Mails, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=20, minutes=5))
    digests.promise()
    drain("mail.digest")
    assert mails() == []
    new_ticket(wanting)
    clock.shift(timedelta(days=1))
    digests.promise()
    with db.system_session() as session:
        user = session.get(User, wanting.user_id)
        user.preferences = {}
        session.add(user)
        session.commit()
    drain("mail.digest")
    assert mails() == []
