"""Starts the drawing process and judges what comes back.

Picture decoders are the likeliest place for a hostile file to strike: they run in a process of
their own that inherits neither secrets nor connections, and whatever happens to it, the answer is
only "no picture".
"""

import json
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import structlog

SMALL = 200
LARGE = 1600
WALL_SECONDS = 15
"""So that a drawing begun just before its job lets go ends within the outbox's lease of 45 s."""
_MOST_BYTES = 16 * 1024 * 1024

DRAWABLE = frozenset(
    {
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/bmp",
        "image/tiff",
        "image/avif",
        "image/x-icon",
        "application/pdf",
    }
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Two WebP pictures, and the original's size in pixels as it is looked at (None for a PDF)."""

    thumbnail: bytes = field(repr=False)
    preview: bytes = field(repr=False)
    width: int | None
    height: int | None


def render(
    source: BinaryIO, mime_type: str, *, wall_seconds: float = WALL_SECONDS
) -> Rendered | None:
    """Draw the previews of a file, or return None when it cannot be pictured.

    Args:
        source: a real file, open at its start; it becomes the child's standard input.
        mime_type: the sniffed kind; others than `DRAWABLE` are not tried.
    """
    if mime_type not in DRAWABLE:
        return None
    command = [
        sys.executable,
        "-I",
        "-S",
        str(Path(__file__).with_name("drawing.py")),
        sysconfig.get_path("platlib"),
        mime_type,
        str(SMALL),
        str(LARGE),
    ]
    try:
        done = subprocess.run(
            command,
            stdin=source,
            capture_output=True,
            timeout=wall_seconds,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.warning("picture_takes_too_long", mime_type=mime_type)
        return None
    if done.returncode:
        words = done.stderr[-300:].decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        log.info("picture_broken", mime_type=mime_type, exit_code=done.returncode, words=words)
        return None
    return _read(done.stdout)


def _read(answer: bytes) -> Rendered | None:
    head, _, body = answer.partition(b"\n")
    facts = json.loads(head)
    cut = facts["thumbnail"]
    pictures = body[:cut], body[cut:]
    if len(body) > _MOST_BYTES or any(picture[8:12] != b"WEBP" for picture in pictures):
        return None
    return Rendered(*pictures, facts["width"], facts["height"])
