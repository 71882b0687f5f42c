"""The storage that TICKETDESK_STORAGE_URL chooses, and the one an archived file lies in."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ticketdesk.adapters.storage.local import LocalStorage
from ticketdesk.adapters.storage.places import S3Place, parse
from ticketdesk.adapters.storage.provider import StorageProvider
from ticketdesk.adapters.storage.s3 import S3Storage
from ticketdesk.settings import settings

__all__ = [
    "ELSEWHERE",
    "StorageProvider",
    "may_archive_to",
    "open_storage",
    "place_of",
    "storage",
]

ELSEWHERE = "s3://"
"""How a key begins that lies in another bucket than the desk's own: `s3://bucket/key`."""


def open_storage(url: str) -> StorageProvider:
    """Return the storage at an address.

    Raises:
        SettingsError: the address is neither `file:` nor `s3:`.
    """
    return _opened(parse(url))


@lru_cache(maxsize=16)
def _opened(place: Path | S3Place) -> StorageProvider:
    return S3Storage(place) if isinstance(place, S3Place) else LocalStorage(place)


def storage() -> StorageProvider:
    """Return the desk's own storage."""
    return open_storage(settings().storage_url)


def may_archive_to(place: str) -> bool:
    """Whether the operator lets organizations move old files there: any prefix, listed buckets."""
    if not place.startswith(ELSEWHERE):
        return bool(place.strip("/"))
    own = parse(settings().storage_url)
    bucket = place.removeprefix(ELSEWHERE).split("/", 1)[0]
    return isinstance(own, S3Place) and bucket in own.archive_buckets


def place_of(storage_key: str) -> tuple[StorageProvider, str]:
    """Return where a row's bytes lie: the storage and the key in it.

    An archive bucket is reached with the endpoint and credentials of the desk's own one.
    """
    if not storage_key.startswith(ELSEWHERE):
        return storage(), storage_key
    bucket, _, key = storage_key.removeprefix(ELSEWHERE).partition("/")
    own = parse(settings().storage_url)
    if not isinstance(own, S3Place):
        raise ValueError("files archived in a bucket need TICKETDESK_STORAGE_URL to be a bucket")
    return _opened(replace(own, bucket=bucket, prefix="")), key
