"""Storage and database fail in the middle of an upload: a clear answer, and nothing half kept."""

import errno
import time

import pytest

from tests.api.callers import refused
from tests.api.conftest import admin, agent, calling, nobody
from tests.api.test_attachments import LOG, PNG, send, sent
from tests.support import s3
from tests.support.file_fixtures import configured, folder, left_in
from tests.support.outbox_work import work_off
from ticketdesk import unit_of_work
from ticketdesk.adapters.storage import local, storage
from ticketdesk.models import TicketAttachment
from ticketdesk.services.files import orphans, uploads

__all__ = ["admin", "agent", "calling", "configured", "folder", "nobody"]

BIG = ("big.log", b"12:00:01 something happened\n" * 500_000, "text/plain")


def files_of(agent, ticket) -> list:
    return agent.get(f"/api/tickets/{ticket['id']}/attachments").json()["attachments"]


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "storage_full"), (errno.EIO, "storage_unavailable")],
)
def test_a_disk_that_fails_in_the_middle_keeps_nothing_and_is_told(
    agent, folder, monkeypatch, number, code
):
    ticket = agent.ticket()
    written = 0
    write = local.LocalIncoming.write

    def failing(self, chunk):
        nonlocal written
        written += len(chunk)
        if written > 3_000_000:
            with local._told():
                raise OSError(number, "failed")
        write(self, chunk)

    monkeypatch.setattr(local.LocalIncoming, "write", failing)
    answer = send(agent, ticket, PNG, BIG)
    refused(answer, 503, code)
    assert answer.headers["retry-after"]
    assert left_in(folder) == []
    assert files_of(agent, ticket) == []
    monkeypatch.undo()


def test_a_bucket_that_goes_away_in_the_middle_is_told_and_the_next_try_works(agent, configured):
    s3.credentials()
    with s3.s3_server() as endpoint:
        client = s3.make_bucket(endpoint, "desk")
        configured(
            "TICKETDESK_STORAGE_URL", f"s3://desk/x?endpoint_url={endpoint}&region=us-east-1"
        )
        ticket = agent.ticket()
        parts = 0

        def break_off(request, **_):
            nonlocal parts
            parts += 1
            if parts > 1:
                request.url = request.url.replace(endpoint, "http://127.0.0.1:9")

        events = storage()._client.meta.events
        events.register("before-send.s3.UploadPart", break_off)
        refused(send(agent, ticket, BIG), 503, "storage_unavailable")
        events.unregister("before-send.s3.UploadPart", break_off)
        assert "Contents" not in client.list_objects_v2(Bucket="desk")
        assert "Uploads" not in client.list_multipart_uploads(Bucket="desk")
        assert files_of(agent, ticket) == []
        (file,) = sent(agent, ticket, BIG)
        assert agent.get(file["url"]).content == BIG[1]
        assert agent.get(file["url"], headers={"Range": "bytes=28-55"}).content == BIG[1][28:56]


def test_a_bucket_that_only_fails_is_told_in_bounded_time(agent, configured):
    s3.credentials()
    with s3.failing_server(500) as (endpoint, _):
        configured(
            "TICKETDESK_STORAGE_URL", f"s3://desk/y?endpoint_url={endpoint}&region=us-east-1"
        )
        ticket = agent.ticket()
        began = time.monotonic()
        refused(send(agent, ticket, PNG), 503, "storage_unavailable")
        assert time.monotonic() - began < 30
        assert files_of(agent, ticket) == []


def test_a_fault_between_storage_and_database_leaves_no_row_and_the_bytes_are_found(
    agent, folder, monkeypatch, cast
):
    ticket = agent.ticket()

    def broken(*_, **__):
        raise RuntimeError("killed here")

    monkeypatch.setattr(uploads.events, "record", broken)
    assert send(agent, ticket, PNG).status_code == 500
    monkeypatch.undo()
    assert files_of(agent, ticket) == []
    assert len(left_in(folder)) == 1
    monkeypatch.setattr(orphans, "SAFE_AGE", orphans.SAFE_AGE * 0)
    found = unit_of_work.across(orphans.compare)
    assert (found.files, found.missing, len(found.strays)) == (0, (), 1)
    assert unit_of_work.across(orphans.remove_strays) == 1
    assert left_in(folder) == []


def test_bytes_are_never_deleted_under_an_upload_of_the_same_bytes(agent, folder, monkeypatch):
    """The race between the last file's deletion and a new upload of the same content."""
    ticket = agent.ticket()
    (first,) = sent(agent, ticket, LOG)
    agent.delete(f"/api/tickets/{ticket['id']}/attachments/{first['id']}")
    (second,) = sent(agent, ticket, LOG)
    # The deletion, promised before the second upload, is worked off after it.
    work_off()
    assert agent.get(second["url"]).content == LOG[1]


def test_while_storage_is_away_a_deletion_waits_and_is_tried_again(
    agent, folder, monkeypatch, cast
):
    ticket = agent.ticket()
    (file,) = sent(agent, ticket, LOG)
    agent.delete(f"/api/tickets/{ticket['id']}/attachments/{file['id']}")

    def away(self, key):
        with local._told():
            raise OSError(errno.EIO, "away")

    monkeypatch.setattr(local.LocalStorage, "delete", away)
    assert work_off() == 1
    monkeypatch.undo()
    assert len(left_in(folder)) == 1
    assert unit_of_work.as_system(cast.acme, _waiting) == [
        "The file storage does not answer. Try again later."
    ]


def _waiting(session, actor):
    from sqlmodel import col, select

    from ticketdesk.models import OutboxEvent

    assert session.get(TicketAttachment, "file_x") is None
    return list(
        session.exec(
            select(OutboxEvent.last_error).where(
                col(OutboxEvent.subscriber) == "files.delete", col(OutboxEvent.done_at).is_(None)
            )
        )
    )
