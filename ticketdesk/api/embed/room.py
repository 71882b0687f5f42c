"""Room for the public: a crowd at the form must not keep the staff from their work."""

import asyncio
import contextvars
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, ParamSpec, TypeVar

from ticketdesk.errors import TooMany
from ticketdesk.services.embed.limits import sender

P = ParamSpec("P")
T = TypeVar("T")

# Of one process. More threads would only take turns; more waiting would only wait longer, since a
# visitor's form tries again by itself.
_THREADS = 4
_MOST_INSIDE = 16
_TRY_AGAIN = 5  # seconds
# Uploads take long and need a thread only now and then.
_MOST_UPLOADS = 64
_MOST_UPLOADS_FROM = 12

_pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="door")
_inside = 0
_uploading: Counter[str] = Counter()


@contextmanager
def room() -> Iterator[None]:
    """Hold a place for one public request; the next one is turned away while all are taken.

    Raises:
        TooMany: at once, without touching database or Redis.
    """
    global _inside
    if _inside >= _MOST_INSIDE:
        raise TooMany("Too many at once. Please try again in a moment.", retry_after=_TRY_AGAIN)
    _inside += 1
    try:
        yield
    finally:
        _inside -= 1


@contextmanager
def uploading(address: str) -> Iterator[None]:
    """Hold a place for one upload, so that slow ones cannot keep everybody else out.

    Raises:
        TooMany: at once.
    """
    address = sender(address)
    if _uploading[address] >= _MOST_UPLOADS_FROM or _uploading.total() >= _MOST_UPLOADS:
        raise TooMany("Too many files at once. Please try again soon.", retry_after=_TRY_AGAIN)
    _uploading[address] += 1
    try:
        yield
    finally:
        _uploading[address] -= 1
        if not _uploading[address]:
            del _uploading[address]


async def run(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run blocking work of a public request in threads of its own."""
    call: Callable[[], Any] = partial(contextvars.copy_context().run, function, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_pool, call)
