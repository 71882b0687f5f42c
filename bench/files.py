"""Uploads and downloads against the raw disk in the same run, many at once, and previews a second.

The whole way is measured: a real web process over HTTP, checks of content, fsync and the row.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter

import httpx
import psutil

from bench.installation import Installation
from bench.results import Result, at_least, at_most
from bench.startup import started
from ticketdesk.adapters.pictures.rendering import render

MB = 1024 * 1024
SIZE, AT_ONCE, ROUNDS = 200, 20, 5
_PIECE = os.urandom(MB)
_PASSWORD = "ticketdesk-demo"


def run(installation: Installation) -> Iterable[Result]:
    """Run the demo desk, send and fetch, and compare with writing and reading the same bytes."""
    folder = installation.folder / "files-bench"
    with (
        started(folder, WEB_WORKERS="1") as (url, _),
        httpx.Client(base_url=url, timeout=300) as desk,
    ):
        _sign_in(desk)
        # What the first upload of all loads is no part of this one.
        _upload(desk, 1)
        with _Watched(_web(folder)) as peak:
            disk, up, address = _side_by_side(desk, installation.folder)
        yield Result("raw disk: write with fsync", disk, "MB/s")
        yield Result("one upload of 200 MB", up, "MB/s")
        yield at_least("one upload against the raw disk", up / disk, 0.3, "times")
        yield at_most("web process: memory added by an upload of 200 MB", peak.added, 8, "MB")
        raw = median(_read(installation.folder / "raw-0") for _ in range(ROUNDS))
        down = median(_download(desk, address) for _ in range(ROUNDS))
        yield Result("raw disk: read", raw, "MB/s")
        yield Result("one download of 200 MB", down, "MB/s")
        yield Result("one download against the raw disk", down / raw, "times")
        together = _many(desk, AT_ONCE, 10)
        yield Result(f"{AT_ONCE} uploads of 10 MB at once, in all", together, "MB/s")
        yield at_least(f"{AT_ONCE} at once against one alone", together / up, 0.7, "times")
    yield Result("previews of a 12-megapixel photo", _previews(installation.folder), "per s")


def _side_by_side(desk: httpx.Client, folder: Path) -> tuple[float, float, str]:
    """Write and upload in turns, new files each time, since a disk tires of being written to.

    Returns:
        Medians of both in MB/s, and the address of the last file.
    """
    written, sent, address = [], [], ""
    for number in range(ROUNDS):
        written.append(_write(folder / f"raw-{number}", SIZE))
        speed, address = _upload(desk, SIZE)
        sent.append(speed)
    return median(written), median(sent), address


def _sign_in(desk: httpx.Client) -> None:
    who = {"email": "ada@acme.example", "password": _PASSWORD}
    desk.headers["Authorization"] = (
        f"Bearer {desk.post('/api/auth/login', json=who).json()['token']}"
    )
    files = {"maxFileBytes": 1024 * MB, "maxTicketBytes": 8192 * MB}
    desk.patch("/api/organization/settings", json={"files": files}).raise_for_status()


def _pieces(size: int, mark: bytes) -> Iterator[bytes]:
    """As many megabytes, told apart by their first bytes: equal files are stored only once."""
    yield mark + _PIECE[len(mark) :]
    for _ in range(size - 1):
        yield _PIECE


def _body(size: int) -> Iterator[bytes]:
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.dat"\r\n\r\n'
    yield from _pieces(size, b"\0\1\2\3" + os.urandom(16))
    yield b"\r\n--x--\r\n"


def _upload(desk: httpx.Client, size: int) -> tuple[float, str]:
    began = perf_counter()
    answer = desk.post(
        "/api/attachments",
        content=_body(size),
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    took = perf_counter() - began
    answer.raise_for_status()
    return size / took, answer.json()["attachments"][0]["url"]


def _download(desk: httpx.Client, address: str) -> float:
    began, size = perf_counter(), 0
    with desk.stream("GET", address) as answer:
        for piece in answer.iter_raw(MB):
            size += len(piece)
    return size / MB / (perf_counter() - began)


def _many(desk: httpx.Client, count: int, size: int) -> float:
    began = perf_counter()
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(lambda _: _upload(desk, size), range(count)))
    return count * size / (perf_counter() - began)


def _write(path: Path, size: int) -> float:
    """Write, hash and force the same amount to the disk: the least that any storage has to do."""
    began, digest = perf_counter(), hashlib.sha256()
    with path.open("wb", buffering=0) as file:
        for piece in _pieces(size, b"raw"):
            digest.update(piece)
            file.write(piece)
        os.fsync(file.fileno())
    return size / (perf_counter() - began)


def _read(path: Path) -> float:
    size = 0
    with path.open("rb", buffering=0) as file:
        # From the disk, not from the memory that the write left full.
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        began = perf_counter()
        while piece := file.read(MB):
            size += len(piece)
    return size / MB / (perf_counter() - began)


class _Watched:
    """Measures how much processes grow together, ten times a second."""

    def __init__(self, processes: list[psutil.Process]) -> None:
        self._processes = processes
        self._before = self._peak = self._size()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def added(self) -> float:
        """Return the growth in megabytes."""
        return max(0.0, (self._peak - self._before) / MB)

    def _look(self) -> None:
        while not self._over.wait(0.1):
            self._peak = max(self._peak, self._size())

    def _size(self) -> int:
        return sum(process.memory_info().rss for process in self._processes)


def _web(folder: Path) -> list[psutil.Process]:
    """Return the web server's processes, as the supervisor wrote them down."""
    rows = json.loads((folder / "run" / "children.json").read_text(encoding="utf-8"))
    first = psutil.Process(next(pid for name, pid, *_ in rows if name == "web"))
    return [first, *first.children(recursive=True)]


def _previews(folder: Path) -> float:
    from PIL import Image

    path = folder / "photo.jpg"
    # Soft like a photo: pure noise would be the worst case of every codec.
    soft = Image.effect_noise((500, 375), 80).resize((4000, 3000), Image.Resampling.BICUBIC)
    soft.convert("RGB").save(path, "JPEG", quality=85)
    began = perf_counter()
    for _ in range(5):
        with path.open("rb") as source:
            assert render(source, "image/jpeg")
    return 5 / (perf_counter() - began)
