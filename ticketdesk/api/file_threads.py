"""The threads that wait for the file storage, apart from those that wait for the database.

A bucket that answers slowly may fill these; tickets are still read and written meanwhile.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_pool = ThreadPoolExecutor(max_workers=24, thread_name_prefix="files")


async def in_file_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run something that waits for the storage."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool, lambda: work(*args, **kwargs))


async def pieces_of(pieces: Generator[bytes, None, None] | Any) -> AsyncIterator[bytes]:
    """Yield what a storage yields, each piece read in a thread; closes it when nobody listens."""
    try:
        while (piece := await in_file_thread(next, pieces, None)) is not None:
            if piece:
                yield piece
    finally:
        _pool.submit(_close, pieces)


def _close(pieces: Any) -> None:
    try:
        pieces.close()
    except ValueError:
        # A thread is still reading the piece that nobody waits for; it closes with the object.
        return
