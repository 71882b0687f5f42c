"""One file on its way in: looked at while it streams, refused as soon as something is wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from ticketdesk.adapters.storage.provider import (
    FileMetadata,
    Incoming,
    StorageProvider,
    UploadResult,
)
from ticketdesk.errors import Invalid, UnsupportedKind
from ticketdesk.services.files import names
from ticketdesk.services.files.kinds import archives, pictures, svg
from ticketdesk.services.files.kinds.agreement import agreed_kind
from ticketdesk.services.files.kinds.polyglots import PolyglotWatch
from ticketdesk.services.files.kinds.sniff import HEAD, UNKNOWN, sniff
from ticketdesk.services.files.room import Room


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that passed its checks and waits in the storage for its row.

    Whoever has it either keeps or discards `incoming`.
    """

    incoming: Incoming
    stored: UploadResult
    name: str
    mime_type: str
    width: int | None
    height: int | None


class Intake:
    """Takes one file in.

    Args:
        place: the storage.
        room: what may be taken.
        folder: the organization.
        name: the file's name as it was sent.
        declared: the Content-Type it was sent with.
        forgiving: for doors that must not lose anything (mail): a strange name is cleaned instead
            of refused, and what contradicts itself is kept as bytes of no kind.

    Raises:
        TooLarge, UnsupportedKind, Invalid: from any method; then call `discard`.
    """

    def __init__(
        self,
        place: StorageProvider,
        room: Room,
        *,
        folder: str,
        name: str,
        declared: str,
        forgiving: bool = False,
    ) -> None:
        if not forgiving:
            names.refuse_tricks(name)
        self.name = names.display_name(name)
        self._place = place
        self._room = room
        self._folder = folder
        self._declared = declared
        self._forgiving = forgiving
        self._head = b""
        self._sniffed: str | None = None
        self._mime_type = UNKNOWN
        self._size = 0
        self._watch: PolyglotWatch | None = None
        self._incoming: Incoming | None = None

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._size += len(chunk)
        self._room.require_size(self._size, self.name)
        if self._incoming is None:
            self._head += chunk
            if len(self._head) < HEAD:
                return
            chunk = self._begin()
        self._pass_on(chunk)

    def finish(self) -> Taken:
        """Make the file durable and look at it as a whole."""
        if self._size == 0:
            message = f"{self.name} is empty."
            raise Invalid(message, code="empty_file", fields={"file": message})
        if self._incoming is None:
            self._pass_on(self._begin())
        if self._watch:
            self._refuse_or_forgive(self._watch.finish)
        incoming = self._incoming
        assert incoming is not None
        stored = incoming.finish()
        size = self._look_inside(incoming)
        return Taken(incoming, stored, self.name, self._mime_type, *(size or (None, None)))

    def discard(self) -> None:
        """Forget what was taken so far; never raises."""
        if self._incoming is not None:
            self._incoming.discard()

    def _begin(self) -> bytes:
        """Judge the head and open the storage; return what has arrived so far."""
        head, self._head = self._head, b""
        self._sniffed = sniff(head[:HEAD])
        try:
            self._mime_type = agreed_kind(self.name, self._declared, self._sniffed)
            self._watch = PolyglotWatch(self._sniffed, head[:HEAD])
        except UnsupportedKind:
            if not self._forgiving:
                raise
        self._room.require_kind(self._mime_type, self.name)
        metadata = FileMetadata(self._folder, self.name, self._mime_type)
        self._incoming = self._place.begin(metadata)
        return head

    def _pass_on(self, chunk: bytes) -> None:
        if self._watch:
            self._refuse_or_forgive(self._watch.see, chunk)
        assert self._incoming is not None
        self._incoming.write(chunk)

    def _look_inside(self, incoming: Incoming) -> tuple[int, int] | None:
        """Checks that need the whole file; each reads only the parts it asks for."""
        with incoming.reader() as file:
            if self._sniffed == "image/svg+xml":
                if self._size > svg.LARGEST:
                    raise UnsupportedKind(
                        "An SVG picture may have 4 MB at most.", fields={"file": "Too large."}
                    )
                self._refuse_or_forgive(svg.require_harmless, file.read())
            elif self._sniffed == "application/zip":
                archives.require_tame_zip(file, self._size)
            elif self._sniffed == "application/gzip":
                archives.require_tame_gzip(file, self._size)
            else:
                return pictures.size_in_pixels(file, self._mime_type)
        return None

    def _refuse_or_forgive(self, check: Callable[..., None], *given: bytes) -> None:
        try:
            check(*given)
        except UnsupportedKind:
            if not self._forgiving:
                raise
            # Kept for the reader of the mail, as bytes that no browser opens.
            self._mime_type, self._watch = UNKNOWN, None
