"""Pictures that are small as files and enormous as pixels."""

import warnings
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from ticketdesk.errors import UnsupportedKind

MOST_PIXELS = 300_000_000
"""Above the largest cameras of telephones (200 megapixels), far below a bomb."""
MOST_EDGE = 65_000
# Where the library itself refuses (at twice this many), which is beyond what is judged here.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# What it thinks of a stranger's damaged picture is nobody's business.
warnings.filterwarnings("ignore", module=r"PIL\.")

_FORMATS = {
    "image/png": ("PNG",),
    "image/jpeg": ("JPEG",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/tiff": ("TIFF",),
}


def size_in_pixels(file: BinaryIO, mime_type: str) -> tuple[int, int] | None:
    """Return width and height from a picture's header, or None where it cannot be read.

    Only the header is read, nothing is decoded.

    Raises:
        UnsupportedKind: more pixels than anybody may ask a browser or a job to draw.
    """
    size = _webp(file.read(30)) if mime_type == "image/webp" else _others(file, mime_type)
    if size and (size[0] * size[1] > MOST_PIXELS or max(size) > MOST_EDGE):
        raise _refusal()
    return size


def _others(file: BinaryIO, mime_type: str) -> tuple[int, int] | None:
    formats = _FORMATS.get(mime_type)
    if formats is None:
        return None
    try:
        with Image.open(file, formats=formats) as picture:
            return picture.size
    except Image.DecompressionBombError as error:
        raise _refusal() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return None


def _webp(head: bytes) -> tuple[int, int] | None:
    """Read a WebP's size by hand (RFC 9649, 2.5 to 2.7): the library would read all of the file."""

    def number(start: int, end: int) -> int:
        return int.from_bytes(head[start:end], "little")

    kind = head[12:16]
    if len(head) < 30 or head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return None
    if kind == b"VP8X":
        return number(24, 27) + 1, number(27, 30) + 1
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        return number(26, 28) & 0x3FFF, number(28, 30) & 0x3FFF
    if kind == b"VP8L" and head[20] == 0x2F:
        bits = number(21, 25)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _refusal() -> UnsupportedKind:
    message = "This picture has more pixels than can be shown. Make it smaller and try again."
    return UnsupportedKind(message, code="picture_bomb", fields={"file": message})
