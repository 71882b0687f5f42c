"""Pictures that are small as files and enormous as pixels."""

import warnings
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from ticketdesk.errors import UnsupportedKind

MOST_PIXELS = 300_000_000
"""Above the largest cameras of telephones (200 megapixels), far below a bomb."""
MOST_EDGE = 65_000

_FORMATS = {
    "image/png": ("PNG",),
    "image/jpeg": ("JPEG",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/bmp": ("BMP",),
    "image/tiff": ("TIFF",),
}


def size_in_pixels(file: BinaryIO, mime_type: str) -> tuple[int, int] | None:
    """Return width and height from a picture's header, or None where it cannot be read.

    Only the header is read, nothing is decoded.

    Raises:
        UnsupportedKind: more pixels than anybody may ask a browser or a job to draw.
    """
    formats = _FORMATS.get(mime_type)
    if formats is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=formats) as picture:
                width, height = picture.size
    except Image.DecompressionBombError as error:
        raise _refusal() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return None
    if width * height > MOST_PIXELS or max(width, height) > MOST_EDGE:
        raise _refusal()
    return width, height


def _refusal() -> UnsupportedKind:
    message = "This picture has more pixels than can be shown. Make it smaller and try again."
    return UnsupportedKind(message, code="picture_bomb", fields={"file": message})
