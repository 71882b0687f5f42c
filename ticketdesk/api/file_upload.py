"""From a request's stream to checked files in the storage, with a few hundred KB in memory."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import Request
from starlette.requests import ClientDisconnect

from ticketdesk.adapters.storage import storage
from ticketdesk.api.file_threads import in_file_thread
from ticketdesk.api.multipart import MultipartFiles
from ticketdesk.errors import Invalid, Malformed, TicketDeskError, TooLarge
from ticketdesk.services.files.intake import Intake, Taken
from ticketdesk.services.files.room import spoken_size
from ticketdesk.services.files.uploads import Admission

_BATCH = 256 * 1024
_OVERHEAD = 256 * 1024
_READ_OUT = 32 * 1024 * 1024
_READ_OUT_SECONDS = 10

Values = list[tuple[str, str]]


async def receive(request: Request, admission: Admission) -> list[Taken]:
    """Read the files of a multipart request, all or none.

    Whoever gets them keeps or discards each. When one is refused, nothing of any is left.

    Raises:
        TooLarge, UnsupportedKind, Invalid: what is wrong with a file.
        Malformed: the body cannot be read, or ends too early.
        StorageUnavailable, StorageFull: try again later.
    """
    require_announced_size(request, admission)
    body = Body(request.headers.get("content-type", ""), lambda _: admission)
    values, taken = await read_body(request, body)
    try:
        if not taken:
            raise Invalid("Send at least one file.", fields={"file": "Choose a file."})
        if unknown := sorted({name for name, _ in values}):
            raise Invalid(
                f"Please check: {', '.join(unknown)}.",
                fields=dict.fromkeys(unknown, "There is no such field."),
            )
    except Invalid:
        await in_file_thread(body.discard)
        raise
    return taken


class Body:
    """One multipart body and the files that come out of it; its methods run in a file thread.

    Args:
        content_type: the request's header.
        admit: called before the first file with the fields that stood in front of it: says into
            whose folder files go and how much fits, or refuses.
        count: told how many bytes have come; it may refuse.
        options: for `MultipartFiles`.
    """

    def __init__(
        self,
        content_type: str,
        admit: Callable[[Values], Admission],
        count: Callable[[int], None] | None = None,
        **options: Any,
    ) -> None:
        self.taken: list[Taken] = []
        self._admit = admit
        self._count = count
        self._admission: Admission | None = None
        self._intakes: list[Intake] = []
        self._parser = MultipartFiles(content_type, self._begin, **options)

    @property
    def values(self) -> Values:
        """Return the fields that have come so far, in their order."""
        return self._parser.values

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        if self._count:
            self._count(len(data))
        self._parser.write(data)

    def finish(self) -> None:
        """Make sure that all has come, and that the last file is a good one."""
        self._parser.finish()
        if self._intakes:
            self._finish_last()

    def discard(self) -> None:
        """Leave nothing behind."""
        for intake in self._intakes:
            intake.discard()

    def _begin(self, name: str, declared: str) -> Intake:
        admission = self._admission = self._admission or self._admit(self.values)
        if self._intakes:
            self._finish_last()
        admission.room.require_count(len(self._intakes) + 1)
        intake = Intake(
            storage(), admission.room, folder=admission.folder, name=name, declared=declared
        )
        self._intakes.append(intake)
        return intake

    def _finish_last(self) -> None:
        self.taken.append(self._intakes[-1].finish())
        if self._admission:
            self._admission.room.require_total(sum(one.stored.size for one in self.taken))


async def read_body(
    request: Request, body: Body, *, patience: float | None = None
) -> tuple[Values, list[Taken]]:
    """Read a request to its end; when anything is refused, nothing of it is left.

    Args:
        patience: for how many seconds nothing may come; None leaves that to the server.
    """
    try:
        return await _read(request, body, patience)
    except BaseException as error:
        await asyncio.shield(in_file_thread(body.discard))
        if isinstance(error, TicketDeskError):
            await _read_out(request)
        raise


async def _read(request: Request, body: Body, patience: float | None) -> tuple[Values, list[Taken]]:
    """While one batch is hashed and written, the next one comes in; never more than these two."""
    waiting = bytearray()
    writing: asyncio.Future[None] | None = None
    try:
        async for chunk in chunks(request, patience):
            waiting += chunk
            if len(waiting) < _BATCH:
                continue
            if writing:
                await asyncio.shield(writing)
            full, waiting = bytes(waiting), bytearray()
            writing = asyncio.ensure_future(in_file_thread(body.write, full))
        if writing:
            await asyncio.shield(writing)
    finally:
        if writing:
            # A body is written to and discarded by one thread at a time.
            await asyncio.wait([writing])
            if not writing.cancelled():
                writing.exception()  # told already, or less telling than what ended the reading
    await in_file_thread(body.write, bytes(waiting))
    await in_file_thread(body.finish)
    return body.values, body.taken


async def chunks(request: Request, patience: float | None) -> AsyncIterator[bytes]:
    """Yield a request's bytes as they come.

    Raises:
        Malformed: they end too early, or nothing comes for too long.
    """
    stream = request.stream()
    try:
        while True:
            async with asyncio.timeout(patience):
                chunk = await anext(stream, None)
            if chunk is None:
                return
            yield chunk
    except ClientDisconnect as error:
        raise Malformed("The body ends too early.") from error
    except TimeoutError as error:
        raise Malformed("The body did not come in time.") from error


def require_announced_size(request: Request, admission: Admission) -> None:
    """Refuse by the announced size what could never fit, before it is sent."""
    room = admission.room
    most = min(room.bytes_left, room.max_file_bytes * room.files_left) + _OVERHEAD
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > most:
        message = f"These files are too large. Files may have {spoken_size(room.max_file_bytes)}."
        raise TooLarge(message, fields={"file": message})


async def _read_out(request: Request) -> None:
    """Read the rest of a refused body: a browser that still sends does not read our answer."""
    left = _READ_OUT
    try:
        async with asyncio.timeout(_READ_OUT_SECONDS):
            async for chunk in request.stream():
                left -= len(chunk)
                if left < 0:
                    return
    except (ClientDisconnect, RuntimeError, TimeoutError):
        # Gone already, or read to its end before.
        return
