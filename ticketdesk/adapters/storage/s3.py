"""Files in a bucket of S3, or of a store that speaks like it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from tempfile import TemporaryFile
from typing import Any

from ticketdesk.adapters.storage import keys
from ticketdesk.adapters.storage.disposition import content_disposition
from ticketdesk.adapters.storage.failures import NotStored
from ticketdesk.adapters.storage.places import S3Place
from ticketdesk.adapters.storage.previews import make_previews
from ticketdesk.adapters.storage.provider import (
    FileMetadata,
    Found,
    Link,
    Pictures,
    UploadResult,
)
from ticketdesk.adapters.storage.s3_client import connect, told
from ticketdesk.adapters.storage.s3_incoming import S3Incoming

PIECE = 256 * 1024


class S3Storage:
    """One prefix of one bucket.

    Args:
        place: which, and how to talk to it.
    """

    def __init__(self, place: S3Place) -> None:
        self.place = place
        self.direct = place.direct

    @property
    def _start(self) -> str:
        return f"{self.place.prefix}/" if self.place.prefix else ""

    @cached_property
    def _client(self) -> Any:
        return connect(self.place)

    def begin(self, metadata: FileMetadata) -> S3Incoming:
        """Start an upload; an object cannot be renamed, so its key is drawn by lot."""
        return self._incoming(keys.by_chance(metadata.folder), metadata.mime_type)

    def upload(self, file: Iterable[bytes], metadata: FileMetadata) -> UploadResult:
        """Store a whole file."""
        return _take_all(self.begin(metadata), file)

    def put(self, key: str, file: Iterable[bytes]) -> UploadResult:
        """Store bytes under a given key."""
        return _take_all(self._incoming(key, "application/octet-stream"), file)

    def delete(self, key: str) -> None:
        """Delete an object."""
        with told():
            self._client.delete_object(**self._target(key))

    def signed_url(self, link: Link, expires_in: int = 300) -> str:
        """Return the store's own signed address; it saves the file, never shows it."""
        with told():
            return self._client.generate_presigned_url(
                "get_object",
                Params={
                    **self._target(link.key),
                    "ResponseContentDisposition": content_disposition("attachment", link.name),
                    "ResponseContentType": "application/octet-stream",
                },
                ExpiresIn=expires_in,
            )

    def thumbnail(self, key: str, mime_type: str) -> Pictures | None:
        """Fetch the original into a file without a name, draw, and store the previews."""
        with TemporaryFile() as source:
            for piece in self.read(key):
                source.write(piece)
            source.seek(0)
            return make_previews(self, source, key, mime_type)

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Open the object at once and yield the wanted bytes."""
        end = "" if length is None else str(start + length - 1)
        asked = {"Range": f"bytes={start}-{end}"} if start or length is not None else {}
        with told():
            body = self._client.get_object(**self._target(key), **asked)["Body"]
        return _pieces(body)

    def stat(self, key: str) -> Found | None:
        """Return size and age, or None."""
        try:
            with told():
                facts = self._client.head_object(**self._target(key))
        except NotStored:
            return None
        return Found(key, facts["ContentLength"], facts["LastModified"])

    def listing(self) -> Iterator[Found]:
        """Yield the objects below the prefix, a page at a time."""
        start = self._start
        with told():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.place.bucket, Prefix=start
            )
            for page in pages:
                for entry in page.get("Contents", ()):
                    key = entry["Key"].removeprefix(start)
                    yield Found(key, entry["Size"], entry["LastModified"])

    def clear_unfinished(self, before: datetime) -> int:
        """Abort multipart uploads begun before a moment."""
        removed = 0
        with told():
            pages = self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self.place.bucket, Prefix=self._start
            )
            for upload in (one for page in pages for one in page.get("Uploads", ())):
                if upload["Initiated"] < before:
                    self._client.abort_multipart_upload(
                        Bucket=self.place.bucket, Key=upload["Key"], UploadId=upload["UploadId"]
                    )
                    removed += 1
        return removed

    def check(self) -> None:
        """Ask for the bucket."""
        with told():
            self._client.head_bucket(Bucket=self.place.bucket)

    def _incoming(self, key: str, mime_type: str) -> S3Incoming:
        return S3Incoming(self._client, self.place, key, self._target(key)["Key"], mime_type)

    def _target(self, key: str) -> dict[str, str]:
        return {"Bucket": self.place.bucket, "Key": self._start + keys.require_safe(key)}


def _take_all(incoming: S3Incoming, file: Iterable[bytes]) -> UploadResult:
    try:
        for chunk in file:
            incoming.write(chunk)
        result = incoming.finish()
        incoming.keep()
        return result
    finally:
        incoming.discard()


def _pieces(body: Any) -> Iterator[bytes]:
    try:
        with told():
            while piece := body.read(PIECE):
                yield piece
    finally:
        body.close()
