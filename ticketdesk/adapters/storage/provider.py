"""The interface of every file storage (specification, File Storage Architecture)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from ticketdesk.adapters.pictures.rendering import Rendered


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What a storage may know of a file: `folder` is the organization that owns it."""

    folder: str
    name: str = ""
    mime_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class UploadResult:
    """Bytes that lie in the storage: under which key, how many, with which SHA-256 (hex)."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the storage as its own listing tells it."""

    key: str
    size: int
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """The file that a signed address opens, and the name it is saved under."""

    file_id: str
    key: str
    name: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Keys of the two previews, and the size of the original as it is looked at."""

    thumbnail_key: str
    preview_key: str
    rendered: Rendered


class Incoming(Protocol):
    """A file on its way in. Nothing of it is left unless `keep` was called."""

    def write(self, chunk: bytes | memoryview) -> None:
        """Take the next bytes."""
        ...

    def finish(self) -> UploadResult:
        """Make the bytes durable; the key holds them for good only after `keep`."""
        ...

    def reader(self) -> BinaryIO:
        """Open the finished bytes for checks that need to seek; the caller closes it."""
        ...

    def keep(self) -> None:
        """Put the finished bytes under their key, whoever else holds the same ones."""
        ...

    def discard(self) -> None:
        """Forget the bytes, unless they are kept; never raises."""
        ...


class StorageProvider(Protocol):
    """Keeps bytes under opaque keys. Every verb raises `StorageUnavailable` when it is away."""

    @property
    def direct(self) -> bool:
        """Whether downloads are sent to the storage's own signed addresses."""
        ...

    def begin(self, metadata: FileMetadata) -> Incoming:
        """Start a streamed upload."""
        ...

    def upload(self, file: Iterable[bytes], metadata: FileMetadata) -> UploadResult:
        """Store a whole file and return where it lies."""
        ...

    def put(self, key: str, file: Iterable[bytes]) -> UploadResult:
        """Store bytes under a given key, replacing what is there in one step."""
        ...

    def delete(self, key: str) -> None:
        """Delete bytes; what is gone already is no error."""
        ...

    def signed_url(self, link: Link, expires_in: int = 300) -> str:
        """Return an address that opens one file for `expires_in` seconds without signing in."""
        ...

    def thumbnail(self, key: str, mime_type: str) -> Pictures | None:
        """Make and store the 200 px and 1,600 px previews; None for what cannot be pictured."""
        ...

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from `start`, at most `length`, in pieces of up to 256 KB.

        Raises:
            NotStored: nothing lies there; raised at once, before the first piece.
        """
        ...

    def stat(self, key: str) -> Found | None:
        """Return what lies under a key, or None."""
        ...

    def listing(self) -> Iterator[Found]:
        """Yield everything stored, in no order."""
        ...

    def clear_unfinished(self, before: datetime) -> int:
        """Remove what uploads broken off before a moment left; return how many."""
        ...

    def check(self) -> None:
        """Raise `StorageUnavailable` unless the storage can be written to."""
        ...
