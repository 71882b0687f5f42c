"""From a request's stream to checked files in the storage, with a few hundred KB in memory."""

import asyncio

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


async def receive(request: Request, admission: Admission) -> list[Taken]:
    """Read the files of a multipart request, all or none.

    Whoever gets them keeps or discards each. When one is refused, nothing of any is left.

    Raises:
        TooLarge, UnsupportedKind, Invalid: what is wrong with a file.
        Malformed: the body cannot be read, or ends too early.
        StorageUnavailable, StorageFull: try again later.
    """
    _require_announced_size(request, admission)
    body = _Body(request, admission)
    try:
        return await body.read()
    except BaseException as error:
        await asyncio.shield(in_file_thread(body.discard))
        if isinstance(error, TicketDeskError):
            await _read_out(request)
        raise


class _Body:
    """One request body and the files that came out of it so far."""

    def __init__(self, request: Request, admission: Admission) -> None:
        self._request = request
        self._admission = admission
        self._intakes: list[Intake] = []
        self._taken: list[Taken] = []
        self._parser = MultipartFiles(request.headers.get("content-type", ""), self._begin)

    async def read(self) -> list[Taken]:
        """Read to the end."""
        waiting = bytearray()
        try:
            async for chunk in self._request.stream():
                waiting += chunk
                if len(waiting) >= _BATCH:
                    full, waiting = bytes(waiting), bytearray()
                    await in_file_thread(self._parser.write, full)
        except ClientDisconnect as error:
            raise Malformed("The body ends too early.") from error
        await in_file_thread(self._parser.write, bytes(waiting))
        await in_file_thread(self._finish)
        return self._taken

    def discard(self) -> None:
        """Leave nothing behind."""
        for intake in self._intakes:
            intake.discard()

    def _begin(self, name: str, declared: str) -> Intake:
        if self._intakes:
            self._finish_last()
        self._admission.room.require_count(len(self._intakes) + 1)
        intake = Intake(
            storage(),
            self._admission.room,
            folder=self._admission.folder,
            name=name,
            declared=declared,
        )
        self._intakes.append(intake)
        return intake

    def _finish_last(self) -> None:
        self._taken.append(self._intakes[-1].finish())
        self._admission.room.require_total(sum(one.stored.size for one in self._taken))

    def _finish(self) -> None:
        self._parser.finish()
        if not self._intakes:
            raise Invalid("Send at least one file.", fields={"file": "Choose a file."})
        if unknown := sorted(self._parser.fields):
            raise Invalid(
                f"Please check: {', '.join(unknown)}.",
                fields=dict.fromkeys(unknown, "There is no such field."),
            )
        self._finish_last()


def _require_announced_size(request: Request, admission: Admission) -> None:
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
