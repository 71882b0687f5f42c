"""The admin's page of mail: what failed, what waits, tried again one by one or all at once."""

from datetime import timedelta

import pytest

from tests.jobs.test_after_sending import unreachable
from tests.jobs.test_drain import Mails, drain_all, new_ticket
from tests.support.intake import Deliver, deliver
from tests.support.mail import mails, outbox_folder
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Forbidden, NotFound
from ticketdesk.jobs import intake
from ticketdesk.jobs.drain import drain
from ticketdesk.services import ticket_settings
from ticketdesk.services.mail import log
from ticketdesk.services.mail.intake import failed
from ticketdesk.services.mail.outbound import deliveries

__all__ = ["deliver", "mails", "outbox_folder"]


def test_incoming_mail_is_paged_and_narrowed(deliver: Deliver, ada: Actor, grace: Actor) -> None:
    for _ in range(3):
        deliver("Hello.")
    deliver("", raw=b"Subject: no sender\n\nx")
    first = unit_of_work.as_actor(ada, log.incoming, limit=3)
    rest = unit_of_work.as_actor(ada, log.incoming, limit=3, cursor=first.next_cursor)
    assert (len(first.items), len(rest.items), rest.next_cursor) == (3, 1, None)
    (broken,) = unit_of_work.as_actor(ada, log.incoming, kind="failed").items
    assert "no sender" in (broken.error or "")
    taken = unit_of_work.as_actor(ada, log.incoming, kind="taken").items
    assert [line.ticket_number for line in taken] == [1003, 1002, 1001]
    with pytest.raises(Forbidden):
        unit_of_work.as_actor(grace, log.incoming)


def test_another_organization_sees_none_of_it(deliver: Deliver, bo: Actor) -> None:
    outcome = deliver("", raw=b"Subject: no sender\n\nx")
    assert unit_of_work.as_actor(bo, log.incoming).items == []
    assert unit_of_work.as_actor(bo, log.trouble).failed_in == 0
    assert unit_of_work.as_actor(bo, failed.all_again) == 0
    with pytest.raises(NotFound):
        unit_of_work.as_actor(bo, failed.again, outcome.mail_id)


def test_failed_messages_are_all_tried_again(
    deliver: Deliver, ada: Actor, monkeypatch: pytest.MonkeyPatch, clock
) -> None:
    from ticketdesk.services.mail.intake import judge

    with monkeypatch.context() as broken:
        broken.setattr(judge, "open_ticket", lambda *_: 1 / 0)
        for _ in range(2):
            deliver("It burns.")
        for _ in range(5):
            clock.shift(timedelta(minutes=2))
            intake.resume()
    assert unit_of_work.as_actor(ada, log.trouble).failed_in == 2
    assert unit_of_work.as_actor(ada, failed.all_again) == 2
    assert intake.resume() == 2
    assert unit_of_work.as_actor(ada, log.trouble).failed_in == 0
    assert len(unit_of_work.as_actor(ada, log.incoming, kind="taken").items) == 2


def test_a_failed_mail_of_any_kind_is_sent_again(
    mails: Mails, ada: Actor, grace: Actor, bo: Actor, clock, dead_port: int
) -> None:
    unreachable(ada, dead_port)
    new_ticket(grace)
    for _ in range(8):
        clock.shift(timedelta(hours=7))
        drain("mail.ticket_created")
    (line,) = unit_of_work.as_actor(ada, log.outgoing, kind="failed").items
    assert (line.kind, line.ticket_number) == ("created", 1001)
    assert str(dead_port) in (line.words or "")
    assert unit_of_work.as_actor(ada, log.trouble).failed_out == 1
    with pytest.raises(NotFound):
        unit_of_work.as_actor(bo, deliveries.send_one_again, line.id)
    unit_of_work.as_actor(ada, ticket_settings.change, {"emailConfig": {"provider": "console"}})
    unit_of_work.as_actor(ada, deliveries.send_one_again, line.id)
    with pytest.raises(Conflict):
        unit_of_work.as_actor(ada, deliveries.send_one_again, line.id)
    drain_all()
    assert len(mails()) == 1
    assert unit_of_work.as_actor(ada, log.outgoing, kind="failed").items == []
