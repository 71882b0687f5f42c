"""What goes by itself, what is found when rows and storage disagree, and what moves away."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from tests.support import samples
from tests.support.file_fixtures import left_in
from ticketdesk import clock, unit_of_work
from ticketdesk.adapters.storage.local import LocalStorage
from ticketdesk.jobs import files as jobs
from ticketdesk.jobs.privacy import purge_deleted
from ticketdesk.models.enums import TicketStatus
from ticketdesk.services import ticket_settings
from ticketdesk.services.deleted.put_away import put_away
from ticketdesk.services.deleted.restore import restore
from ticketdesk.services.files import doors, migrating, orphans
from ticketdesk.services.tickets.commands import ChangeStatus
from ticketdesk.services.tickets.delete import delete
from ticketdesk.services.tickets.status import change_status


def later(**span):
    return time_machine.travel(clock.now() + timedelta(**span), tick=True)


def content(row, attachment_id) -> bytes:
    return b"".join(doors.read(row(attachment_id)))


def test_an_upload_that_nobody_sent_goes_after_a_day(stored, row, worked, folder):
    waiting = stored(b"never sent", "a.txt", ticket_id=None)
    sent = stored(b"sent", "b.txt")
    with later(hours=23):
        assert jobs.clean()["abandoned"] == 0
    with later(hours=25):
        assert jobs.clean()["abandoned"] == 1
        worked()
    assert row(waiting) is None
    assert content(row, sent) == b"sent"
    assert len(left_in(folder)) == 1


def test_what_a_broken_off_upload_left_goes_after_a_day(folder, database):
    folder.begin(type("M", (), {"folder": "org_x"})).write(b"half")
    assert jobs.clean()["unfinished"] == 0
    with later(hours=25):
        assert jobs.clean()["unfinished"] == 1
    assert left_in(folder) == []


def test_a_deleted_ticket_takes_its_bytes_along(stored, worked, folder, ticket, ada):
    stored(samples.picture(), "a.png")
    worked()
    unit_of_work.as_actor(ada, delete, ticket.id)
    worked()
    assert left_in(folder) == []


def test_a_ticket_that_can_be_restored_keeps_its_bytes_until_its_time_is_over(
    stored, row, worked, folder, ticket, ada
):
    file = stored(samples.picture(), "a.png")
    worked()
    before = left_in(folder)
    unit_of_work.as_actor(ada, put_away, [ticket.id])
    for key in before:
        age(folder, key, 2)
    assert jobs.remove_strays() == 0
    assert unit_of_work.across(orphans.compare).strays == ()
    assert {entry.key for entry in unit_of_work.across(migrating.entries)} == set(before)
    unit_of_work.as_actor(ada, restore, ticket.id)
    worked()
    assert content(row, file) == samples.picture()
    unit_of_work.as_actor(ada, put_away, [ticket.id])
    with later(days=29):
        purge_deleted()
        worked()
        assert left_in(folder) == before
    with later(days=31):
        purge_deleted()
        worked()
    assert left_in(folder) == []


def age(folder: LocalStorage, key: str, days: float) -> None:
    moment = clock.now().timestamp() - days * 86_400
    os.utime(folder.root / key, (moment, moment))


def test_rows_and_storage_that_agree_are_told_so(stored, worked, folder):
    stored(samples.picture(), "a.png")
    worked()
    found = unit_of_work.across(orphans.compare)
    assert (found.files, found.missing, found.strays) == (1, (), ())


def test_bytes_without_a_row_are_found_and_removed_once_they_are_old(stored, folder, cast):
    kept = stored(b"kept", "a.txt")
    old, young = f"{cast.acme}/aa/{'a' * 64}", f"{cast.acme}/bb/{'b' * 64}"
    foreign = f"{cast.acme}/mail/aa/{'c' * 64}"
    for key in (old, f"{old}.200.webp", young, foreign):
        folder.put(key, [b"x"])
    for key in (old, f"{old}.200.webp", foreign):
        age(folder, key, 2)
    found = unit_of_work.across(orphans.compare)
    assert {stray.key for stray in found.strays} == {old, f"{old}.200.webp"}
    jobs.remove_strays()
    assert unit_of_work.across(orphans.compare).strays == ()
    assert folder.stat(young)
    assert folder.stat(foreign)
    assert kept


def test_a_row_without_its_bytes_is_told(stored, row, folder):
    file = stored(b"lost", "a.txt")
    folder.delete(row(file).storage_key)
    (missing,) = unit_of_work.across(orphans.compare).missing
    assert missing.attachment_id == file


def _close(ada, ticket):
    command = ChangeStatus(status=TicketStatus.CLOSED)
    unit_of_work.as_actor(ada, change_status, ticket.id, command)


@pytest.fixture
def archiving(ada):
    def turn_on(**files):
        unit_of_work.as_actor(ada, ticket_settings.change, {"files": files})

    return turn_on


@pytest.mark.parametrize("written", ["archive", "/archive"])
def test_files_of_long_closed_tickets_move_to_the_archive(
    stored, row, worked, folder, ticket, ada, archiving, written
):
    file = stored(samples.picture(), "a.png")
    worked()
    archiving(archiveAfterDays=30, archiveTo=written)
    assert jobs.archive() == 0
    _close(ada, ticket)
    with later(days=29):
        assert jobs.archive() == 0
    with later(days=31):
        assert jobs.archive() == 1
        worked()
        assert jobs.archive() == 0
    moved = row(file)
    assert moved.storage_key.startswith(f"archive/{ada.organization_id}/")
    assert moved.archived_at
    assert content(row, file) == samples.picture()
    assert len(left_in(folder)) == 3
    assert folder.stat(moved.thumbnail_key)


def test_an_archived_file_goes_with_its_ticket(stored, worked, folder, ticket, ada, archiving):
    stored(b"old", "a.txt")
    archiving(archiveAfterDays=1)
    _close(ada, ticket)
    with later(days=2):
        jobs.archive()
        worked()
        unit_of_work.as_actor(ada, delete, ticket.id)
        worked()
    assert left_in(folder) == []


def test_bytes_that_an_open_ticket_shares_are_not_archived(
    stored, row, worked, ticket, ada, archiving, cast
):
    file = stored(b"shared", "a.txt")
    stored(b"shared", "b.txt", ticket_id=None)
    archiving(archiveAfterDays=1)
    _close(ada, ticket)
    with later(days=2):
        assert jobs.archive() == 0
    assert row(file).archived_at is None


def test_a_bucket_that_the_operator_has_not_listed_gets_nothing(
    stored, row, ticket, ada, archiving
):
    file = stored(b"old", "a.txt")
    archiving(archiveAfterDays=1, archiveTo="s3://somebody-elses/bucket")
    _close(ada, ticket)
    with later(days=2):
        assert jobs.archive() == 0
    assert row(file).archived_at is None


def test_moving_to_another_storage_copies_and_proves_everything(
    stored, row, worked, folder, tmp_path: Path
):
    picture, text = stored(samples.picture(), "a.png"), stored(b"words", "b.txt")
    worked()
    target = LocalStorage(tmp_path / "new")
    listed = unit_of_work.across(migrating.entries)
    assert len(listed) == 4
    told: list[migrating.Outcome] = []
    assert migrating.copy_all(listed, folder, target, told.append) == 0
    assert [one.result for one in told] == ["copied"] * 4
    for file in (picture, text):
        key = row(file).storage_key
        assert b"".join(target.read(key)) == content(row, file)
    # Begun again after a break: what differs is copied once more, the rest is left alone.
    target.put(row(text).storage_key, [b"wrong"])
    told.clear()
    assert migrating.copy_all(listed, folder, target, told.append) == 0
    assert sorted(one.result for one in told) == ["copied", "present", "present", "present"]


def test_moving_names_what_could_not_be_copied(stored, row, folder, tmp_path: Path):
    file = stored(b"lost", "a.txt")
    folder.delete(row(file).storage_key)
    told: list[migrating.Outcome] = []
    listed = unit_of_work.across(migrating.entries)
    assert migrating.copy_all(listed, folder, LocalStorage(tmp_path / "new"), told.append) == 1
    assert told[0].key == row(file).storage_key
    assert told[0].why
