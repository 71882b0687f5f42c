"""Any picture → the small PNG that every mail program shows."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image

from ticketdesk.adapters.pictures.rendering import render

LARGEST = (480, 160)
"""Twice the size at which it is shown, for screens with small dots."""


def draw_logo(source: BinaryIO, mime_type: str) -> bytes | None:
    """Return a PNG of at most 480 by 160 pixels, or None when the picture cannot be drawn.

    Args:
        source: a real file, open at its start.
        mime_type: its sniffed kind.
    """
    rendered = render(source, mime_type)
    if rendered is None:
        return None
    drawn = Image.open(BytesIO(rendered.preview), formats=["WEBP"])
    drawn.thumbnail(LARGEST)
    png = BytesIO()
    drawn.save(png, "PNG", optimize=True)
    return png.getvalue()
