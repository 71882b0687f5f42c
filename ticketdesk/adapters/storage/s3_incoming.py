"""An upload to a bucket: one request when it is small, a multipart upload when it is not."""

import base64
import hashlib
import io
from contextlib import suppress
from typing import Any, BinaryIO

from ticketdesk.adapters.storage.failures import StorageDamaged, StorageUnavailable
from ticketdesk.adapters.storage.places import S3Place
from ticketdesk.adapters.storage.provider import UploadResult
from ticketdesk.adapters.storage.ranged import RangedReader
from ticketdesk.adapters.storage.s3_client import told

PART = 5 * 1024 * 1024
"""The smallest part that S3 takes: what an upload holds in memory."""


class S3Incoming:
    """Bytes on their way to one key.

    Args:
        client: boto's client of the bucket.
        place: the bucket.
        key: the storage key, without the bucket's prefix.
        name: the object's name in the bucket.
        mime_type: what the object is labelled with.
    """

    def __init__(self, client: Any, place: S3Place, key: str, name: str, mime_type: str) -> None:
        self._client = client
        self._place = place
        self._key = key
        self._target = {"Bucket": place.bucket, "Key": name}
        self._label = {"ContentType": mime_type}
        self._part = bytearray()
        self._parts: list[dict[str, Any]] = []
        self._upload_id: str | None = None
        self._hash = hashlib.sha256()
        self._size = 0
        self._stored = self._kept = False

    def write(self, chunk: bytes | memoryview) -> None:
        """Take the next bytes; every 5 MB leave at once."""
        self._hash.update(chunk)
        self._size += len(chunk)
        rest = memoryview(chunk)
        while rest:
            room = PART - len(self._part)
            self._part += rest[:room]
            rest = rest[room:]
            if len(self._part) == PART:
                self._send_part()

    def finish(self) -> UploadResult:
        """Complete the object and compare what the store has with what was sent."""
        digest = self._hash.hexdigest()
        with told():
            if self._upload_id is None:
                self._client.put_object(
                    **self._target, **self._label, Body=self._part, **self._checksum()
                )
            else:
                if self._part:
                    self._send_part()
                self._client.complete_multipart_upload(
                    **self._target,
                    UploadId=self._upload_id,
                    MultipartUpload={"Parts": self._parts},
                )
            self._stored = True
            size = self._client.head_object(**self._target)["ContentLength"]
        if size != self._size:
            raise StorageDamaged("The file arrived damaged in the storage. Try again.")
        return UploadResult(self._key, self._size, digest)

    def reader(self) -> BinaryIO:
        """Open the object for checks that need to seek, by range requests."""
        return io.BufferedReader(RangedReader(self._range, self._size), 64 * 1024)

    def keep(self) -> None:
        """The object has its key already."""
        self._kept = True

    def discard(self) -> None:
        """Remove an object that is not kept, and the parts of an unfinished one."""
        self._part = bytearray()
        if self._kept:
            return
        # What cannot be removed now is found by the clean-up: nothing refers to it.
        with suppress(StorageUnavailable), told():
            if self._stored:
                self._client.delete_object(**self._target)
            elif self._upload_id is not None:
                self._client.abort_multipart_upload(**self._target, UploadId=self._upload_id)

    def _send_part(self) -> None:
        with told():
            if self._upload_id is None:
                asked = {"ChecksumAlgorithm": "SHA256"} if self._place.checksums else {}
                self._upload_id = self._client.create_multipart_upload(
                    **self._target, **self._label, **asked
                )["UploadId"]
            number = len(self._parts) + 1
            checksum = self._checksum()
            sent = self._client.upload_part(
                **self._target,
                UploadId=self._upload_id,
                PartNumber=number,
                Body=self._part,
                **checksum,
            )
        self._parts.append({"PartNumber": number, "ETag": sent["ETag"], **checksum})
        self._part = bytearray()

    def _checksum(self) -> dict[str, str]:
        """The SHA-256 that the store compares with what reached it."""
        if not self._place.checksums:
            return {}
        digest = hashlib.sha256(self._part).digest()
        return {"ChecksumSHA256": base64.b64encode(digest).decode()}

    def _range(self, start: int, end: int) -> bytes:
        with told():
            answer = self._client.get_object(**self._target, Range=f"bytes={start}-{end - 1}")
            return answer["Body"].read()
