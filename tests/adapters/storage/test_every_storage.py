"""What a folder and a bucket have in common: the promises of StorageProvider."""

import hashlib
import io
import os
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from tests.support import samples
from ticketdesk.adapters.storage.failures import NotStored
from ticketdesk.adapters.storage.provider import FileMetadata

ACME = FileMetadata("org_acme", "a.txt", "text/plain")


def whole(place, key, *span) -> bytes:
    return b"".join(place.read(key, *span))


def keys_in(place) -> list[str]:
    return sorted(found.key for found in place.listing())


def test_what_is_uploaded_is_read_back(place):
    stored = place.upload([b"hello ", b"world"], ACME)
    assert stored.size == 11
    assert stored.sha256 == hashlib.sha256(b"hello world").hexdigest()
    assert stored.key.startswith("org_acme/")
    assert whole(place, stored.key) == b"hello world"
    assert place.stat(stored.key).size == 11


def test_a_large_file_goes_in_parts_and_comes_back_whole(place):
    content = os.urandom(12 * 1024 * 1024 + 17)
    pieces = [content[at : at + 300_000] for at in range(0, len(content), 300_000)]
    stored = place.upload(pieces, ACME)
    assert stored.size == len(content)
    assert whole(place, stored.key) == content


@pytest.mark.parametrize(
    ("start", "length", "wanted"), [(0, 3, b"012"), (4, None, b"456789"), (8, 50, b"89")]
)
def test_a_range_is_read_alone(place, start, length, wanted):
    stored = place.upload([b"0123456789"], ACME)
    assert whole(place, stored.key, start, length) == wanted


def test_nothing_is_there_before_it_is_kept(place):
    incoming = place.begin(ACME)
    incoming.write(b"half")
    assert keys_in(place) == []
    incoming.discard()
    assert keys_in(place) == []
    assert place.clear_unfinished(datetime.now(UTC) + timedelta(days=1)) == 0


def test_discarding_a_finished_upload_leaves_nothing(place):
    incoming = place.begin(ACME)
    incoming.write(os.urandom(6 * 1024 * 1024))
    incoming.finish()
    incoming.discard()
    assert keys_in(place) == []


def test_discarding_after_keeping_changes_nothing(place):
    incoming = place.begin(ACME)
    incoming.write(b"kept")
    stored = incoming.finish()
    incoming.keep()
    incoming.discard()
    assert whole(place, stored.key) == b"kept"


def test_a_finished_upload_can_be_looked_into_before_it_is_kept(place):
    incoming = place.begin(ACME)
    incoming.write(samples.zip_of({"a.txt": b"inside" * 1000, "b.txt": b"x"}))
    incoming.finish()
    with incoming.reader() as file, zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["a.txt", "b.txt"]
        assert archive.read("b.txt") == b"x"
    incoming.discard()


def test_bytes_put_under_a_key_replace_what_was_there(place):
    place.put("org_acme/ab/one", [b"first"])
    place.put("org_acme/ab/one", [b"second"])
    assert whole(place, "org_acme/ab/one") == b"second"
    assert keys_in(place) == ["org_acme/ab/one"]


def test_deleting_twice_is_no_error(place):
    stored = place.upload([b"x"], ACME)
    place.delete(stored.key)
    place.delete(stored.key)
    assert place.stat(stored.key) is None
    with pytest.raises(NotStored):
        place.read(stored.key)


def test_broken_off_uploads_are_cleared_once_they_are_old(place):
    incoming = place.begin(ACME)
    incoming.write(os.urandom(6 * 1024 * 1024))
    assert place.clear_unfinished(datetime.now(UTC) + timedelta(hours=1)) == 1
    assert place.clear_unfinished(datetime.now(UTC) + timedelta(hours=1)) == 0


@pytest.mark.parametrize(
    "key", ["../x", "/etc/passwd", "a/../../x", "a//b", "", "a/./b", ".hidden", "a\0b", "a" * 600]
)
def test_a_key_cannot_leave_its_storage(place, key):
    with pytest.raises(ValueError, match="not a storage key"):
        place.delete(key)
    with pytest.raises(ValueError, match="not a storage key"):
        place.put(key, [b"x"])


def test_a_picture_gets_its_two_previews_beside_it(place):
    stored = place.upload([samples.picture(size=(3000, 1000))], ACME)
    made = place.thumbnail(stored.key, "image/png")
    assert made.thumbnail_key == f"{stored.key}.200.webp"
    assert made.preview_key == f"{stored.key}.1600.webp"
    for key, size in ((made.thumbnail_key, (200, 67)), (made.preview_key, (1600, 533))):
        with Image.open(io.BytesIO(whole(place, key))) as picture:
            assert (picture.format, picture.size) == ("WEBP", size)
    assert place.thumbnail(stored.key, "image/png").thumbnail_key == made.thumbnail_key
    assert len(keys_in(place)) == 3


def test_what_cannot_be_pictured_has_no_preview(place):
    stored = place.upload([b"hello"], ACME)
    assert place.thumbnail(stored.key, "text/plain") is None
    assert place.thumbnail(stored.key, "image/png") is None
    assert keys_in(place) == [stored.key]


def test_a_storage_that_answers_passes_its_check(place):
    place.check()
