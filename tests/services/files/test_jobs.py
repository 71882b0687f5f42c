"""What happens to a file after its upload: scanned, drawn, and both perhaps twice."""

import json
from datetime import timedelta

import pytest
import time_machine

from tests.support import samples
from tests.support.clamd_peer import clamd_peer
from tests.support.file_fixtures import left_in
from ticketdesk import clock, outbox, unit_of_work
from ticketdesk.errors import Conflict, Forbidden, NotFound
from ticketdesk.jobs import files as jobs
from ticketdesk.jobs.subscribers import HANDLERS
from ticketdesk.models import TicketAttachment
from ticketdesk.models.enums import AttachmentState as S
from ticketdesk.services.files import reading, references
from ticketdesk.services.tickets import read


@pytest.fixture
def scanner(configured):
    with clamd_peer() as peer:
        configured("TICKETDESK_CLAMD", peer.address)
        yield peer


def opened(actor, attachment_id):
    return unit_of_work.as_actor(actor, reading.open_for, attachment_id)


def test_a_file_is_held_until_the_scanner_has_looked(scanner, stored, row, worked, grace):
    file = stored(samples.picture(), "a.png")
    assert row(file).state == S.CHECKING
    with pytest.raises(Conflict) as held:
        opened(grace, file)
    assert held.value.code == "checking"
    worked()
    assert row(file).state == S.READY
    assert row(file).thumbnail_key
    assert opened(grace, file).mime_type == "image/png"
    assert scanner.scanned == [samples.picture()]


def test_an_infected_file_is_quarantined_and_shown_to_admins_alone(
    scanner, stored, row, worked, grace, ada, ticket
):
    file = stored(samples.EICAR, "eicar.com.txt")
    worked()
    assert row(file).state == S.QUARANTINED
    assert "EICAR" in row(file).state_reason
    with pytest.raises(NotFound):
        opened(grace, file)
    with pytest.raises(Forbidden) as blocked:
        opened(ada, file)
    assert blocked.value.code == "quarantined"
    assert unit_of_work.as_actor(grace, read.attachments, ticket.id) == []
    (shown,) = unit_of_work.as_actor(ada, read.attachments, ticket.id)
    assert shown.state == S.QUARANTINED


def test_a_quarantined_picture_is_never_drawn(scanner, stored, row, worked, folder):
    scanner.answer = "stream: Html.Exploit FOUND"
    file = stored(samples.picture(), "a.png")
    worked()
    assert row(file).thumbnail_key is None
    assert len(left_in(folder)) == 1


def test_every_file_with_the_same_bytes_gets_the_verdict(scanner, stored, row, worked):
    first, second = stored(samples.EICAR, "a.txt"), stored(samples.EICAR, "b.txt")
    worked()
    assert row(first).state == row(second).state == S.QUARANTINED


def test_while_the_scanner_is_away_the_file_stays_held_and_is_tried_again(
    configured, stored, row, worked, cast
):
    configured("TICKETDESK_CLAMD", "tcp://127.0.0.1:9")
    file = stored(b"hello", "a.txt")
    assert worked() == 1
    assert row(file).state == S.CHECKING
    due = unit_of_work.as_system(cast.acme, lambda s, _: s.exec(_waiting()).one())
    assert due.attempts == 1
    assert due.failed_at is None
    assert "clamd" in due.last_error


def _waiting():
    from sqlmodel import col, select

    from ticketdesk.models import OutboxEvent

    return select(OutboxEvent).where(
        col(OutboxEvent.subscriber) == "files.scan", col(OutboxEvent.done_at).is_(None)
    )


def test_a_file_that_is_still_held_after_a_day_is_scanned_again(
    configured, stored, row, worked, cast
):
    configured("TICKETDESK_CLAMD", "tcp://127.0.0.1:9")
    file = stored(b"hello", "a.txt")

    def give_up(session, actor):
        for promise in outbox.claim(session, "files.scan"):
            outbox.fail(session, promise, "away", final=True)

    unit_of_work.as_system(cast.acme, give_up)
    with time_machine.travel(clock.now() + timedelta(hours=25), tick=True), clamd_peer() as peer:
        configured("TICKETDESK_CLAMD", peer.address)
        assert jobs.clean()["scanned_again"] == 1
        assert jobs.clean()["scanned_again"] == 0
        worked()
    assert row(file).state == S.READY


def test_switching_the_scanner_off_releases_what_it_held(scanner, stored, row, worked, configured):
    file = stored(b"hello", "a.txt")
    configured("TICKETDESK_CLAMD", "")
    worked()
    assert row(file).state == S.READY


def test_a_preview_is_drawn_and_open_pages_are_told(stored, row, worked, redis, ticket, cast):
    listener = redis.pubsub()
    listener.subscribe(f"ticket:{ticket.id}", f"ticket:{cast.acme}")
    file = stored(samples.photo((400, 300)), "a.jpg")
    worked()
    assert (row(file).width, row(file).height) == (300, 400)
    told = set()
    while (message := listener.get_message(timeout=1)) is not None:
        if message["type"] == "message":
            notice = json.loads(message["data"])
            told.add((message["channel"].decode(), notice["type"], *notice["changed"]))
    assert told >= {
        (f"ticket:{ticket.id}", "ticket:updated", "attachments"),
        (f"ticket:{cast.acme}", "ticket:updated", "attachments"),
    }


def test_a_broken_picture_keeps_its_icon_and_is_no_error(stored, row, worked):
    file = stored(samples.picture()[:70], "a.png")
    worked()
    assert row(file).thumbnail_key is None
    assert row(file).state == S.READY
    assert worked() == 0


def test_drawing_twice_changes_nothing(stored, row, worked, cast, folder):
    file = stored(samples.picture(), "a.png")
    worked()
    before = (row(file).thumbnail_key, row(file).preview_key, left_in(folder))

    def again(session, actor):
        outbox.put(session, cast.acme, "files.thumbnail", {"attachmentId": file})

    unit_of_work.as_system(cast.acme, again)
    assert worked() == 1
    assert (row(file).thumbnail_key, row(file).preview_key, left_in(folder)) == before


def test_a_file_deleted_while_it_is_drawn_leaves_no_preview(
    stored, worked, cast, folder, monkeypatch
):
    file = stored(samples.picture(), "a.png")
    thumbnail = type(folder).thumbnail

    def delete_meanwhile(self, key, mime_type):
        made = thumbnail(self, key, mime_type)
        unit_of_work.as_system(cast.acme, _delete, file)
        return made

    monkeypatch.setattr(type(folder), "thumbnail", delete_meanwhile)
    worked()
    assert left_in(folder) == []


def _delete(session, actor, file):
    found = session.get(TicketAttachment, file)
    references.let_go(session, actor.organization_id, [found])
    session.delete(found)


def test_promises_about_files_that_are_gone_are_simply_kept(cast, database, worked, folder):
    def promise(session, actor):
        for name in ("files.scan", "files.thumbnail"):
            outbox.put(session, cast.acme, name, {"attachmentId": "file_gone"})
        outbox.put(session, cast.acme, "files.delete", {"keys": [f"{cast.acme}/ab/{'0' * 64}"]})

    unit_of_work.as_system(cast.acme, promise)
    assert worked() == 3
    assert worked() == 0


def test_a_file_whose_bytes_are_gone_does_not_hold_up_the_others(stored, row, worked, folder):
    lost, whole = stored(samples.picture(), "a.png"), stored(samples.photo(), "b.jpg")
    folder.delete(row(lost).storage_key)
    worked()
    assert row(lost).thumbnail_key is None
    assert row(whole).thumbnail_key
    assert worked() == 0


def test_work_that_does_not_fit_the_lease_goes_back_untried(stored, row, cast):
    from datetime import UTC, datetime, timedelta

    stored(samples.picture(), "a.png")
    claimed = unit_of_work.across(outbox.claim, "files.thumbnail")
    past = datetime.now(UTC) - timedelta(seconds=1)
    HANDLERS["files.thumbnail"](cast.acme, claimed, past)
    after = unit_of_work.as_system(cast.acme, lambda s, _: s.get(type_of_outbox(), claimed[0].id))
    assert (after.attempts, after.done_at, after.leased_until) == (0, None, None)


def type_of_outbox():
    from ticketdesk.models import OutboxEvent

    return OutboxEvent
