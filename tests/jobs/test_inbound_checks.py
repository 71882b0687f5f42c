""" "Check inbound" signs in to the mailbox for real and tells the server's words."""

import pytest

from tests.jobs.test_mailboxes import connect, connected, raw, server, store
from tests.support.imap_server import ImapServer, Store
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden, NotFound
from ticketdesk.jobs.drain import drain
from ticketdesk.jobs.mailboxes import fetch
from ticketdesk.services.mail import inbound_check
from ticketdesk.services.mail.outbound import deliveries

__all__ = ["connected", "server", "store"]


def checked(ada: Actor) -> inbound_check.CheckResult:
    asked = unit_of_work.as_actor(ada, inbound_check.request)
    assert asked.state == "QUEUED"
    drain(inbound_check.SUBSCRIBER)
    return unit_of_work.as_actor(ada, inbound_check.result, asked.id)


def test_a_mailbox_that_answers_is_told_with_what_lies_in_it(
    connected: Actor, store: Store
) -> None:
    store.deliver(raw(1))
    found = checked(connected)
    assert found.state == "DONE"
    assert "1 message lies in INBOX" in (found.words or "")


def test_a_refused_sign_in_shows_the_servers_words_and_is_not_sent_again_with_failed_mail(
    connected: Actor, server: ImapServer
) -> None:
    connect(connected, server.port, imapPassword="wrong")
    found = checked(connected)
    assert found.state == "FAILED"
    assert found.words
    assert unit_of_work.as_actor(connected, deliveries.send_all_again) == 0


def test_without_a_mailbox_it_says_so(database: str, ada: Actor) -> None:
    assert "webhook" in (checked(ada).words or "")


def test_the_last_message_is_named(connected: Actor, store: Store) -> None:
    assert unit_of_work.as_actor(connected, inbound_check.last) is None
    store.deliver(raw(7))
    fetch(connected.organization_id)
    last = unit_of_work.as_actor(connected, inbound_check.last)
    assert last is not None
    assert (last.subject, last.via) == ("Nr 7", "imap")


def test_agents_and_strangers_cannot_ask(
    database: str, ada: Actor, grace: Actor, bo: Actor
) -> None:
    asked = unit_of_work.as_actor(ada, inbound_check.request)
    with pytest.raises(Forbidden):
        unit_of_work.as_actor(grace, inbound_check.request)
    with pytest.raises(NotFound):
        unit_of_work.as_actor(bo, inbound_check.result, asked.id)
