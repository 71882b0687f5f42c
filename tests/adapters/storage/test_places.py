"""TICKETDESK_STORAGE_URL: what it may say, and what stops the start."""

from pathlib import Path

import pytest

from ticketdesk.adapters.storage import may_archive_to
from ticketdesk.adapters.storage.places import S3Place, parse
from ticketdesk.settings import SettingsError, settings


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("file:/var/files", Path("/var/files")),
        ("file:///var/my%20files", Path("/var/my files")),
        ("s3://bucket", S3Place("bucket")),
        (
            "s3://bucket/a/b?endpoint_url=http://minio:9000&region=eu-central-1",
            S3Place("bucket", "a/b", "http://minio:9000", "eu-central-1"),
        ),
        (
            "s3://bucket?direct=on&checksums=off&archive_buckets=cold,colder",
            S3Place("bucket", direct=True, checksums=False, archive_buckets=("cold", "colder")),
        ),
    ],
)
def test_an_address_names_its_place(url, place):
    assert parse(url) == place


@pytest.mark.parametrize(
    "url",
    ["file:", "file://host/x", "http://x/y", "s3:///x", "s3://b?regoin=x", "s3://b?direct=maybe"],
)
def test_a_wrong_address_is_refused_by_the_setting_s_name(url):
    with pytest.raises(SettingsError, match=r"^TICKETDESK_STORAGE_URL: "):
        parse(url)


def test_old_files_move_only_where_the_operator_allows(monkeypatch):
    monkeypatch.setenv("TICKETDESK_STORAGE_URL", "s3://bucket?archive_buckets=cold")
    settings.cache_clear()
    try:
        assert may_archive_to("archive/2026")
        assert may_archive_to("s3://cold/desk")
        assert not may_archive_to("s3://somebody-elses")
        assert not may_archive_to("/")
    finally:
        monkeypatch.undo()
        settings.cache_clear()
