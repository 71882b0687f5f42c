"""Draws the pictures that customers of the demo attach."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

Canvas = ImageDraw.ImageDraw

_PAPER, _INK, _GREY, _WOOD = "#fbfaf5", "#1d1d22", "#8a8f98", "#b58b5a"


def png(name: str) -> bytes:
    """Return the picture of that name as a PNG file.

    Raises:
        KeyError: nobody draws it.
    """
    size, background, draw = _PICTURES[name]
    image = Image.new("RGB", size, background)
    draw(ImageDraw.Draw(image))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def size_of(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels."""
    with Image.open(io.BytesIO(content)) as image:
        return image.size


def preview(content: bytes, edge: int) -> bytes:
    """Return a picture as WebP, its longer edge at most `edge` pixels."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail((edge, edge))
        image.save(file, "WEBP", quality=80, method=2)
    return file.getvalue()


def _text(on: Canvas, at: tuple[int, int], words: str, size: int, color: str = _INK) -> None:
    on.text(at, words, fill=color, font=ImageFont.load_default(size))


def _bars(on: Canvas, left: int, top: int, height: int, digits: str) -> None:
    for digit in digits:
        width = 2 + int(digit) % 4
        on.rectangle((left, top, left + width, top + height), fill=_INK)
        left += width + 3 + int(digit) % 3


def _label(on: Canvas) -> None:
    on.rounded_rectangle((60, 60, 840, 540), 24, fill=_PAPER, outline=_GREY, width=3)
    _text(on, (110, 100), "Ye\u25a1il gömlek, \u25a1pek", 64)
    _text(on, (110, 200), "M  ·  %100 pamuk", 40, _GREY)
    _text(on, (110, 290), "349,00", 96)
    _bars(on, 480, 330, 130, "869052714430158")
    _text(on, (490, 470), "8 690527 144301", 34)


def _cradle(on: Canvas) -> None:
    on.rectangle((0, 430, 960, 640), fill=_WOOD)
    on.rounded_rectangle((250, 210, 710, 500), 40, fill="#2c2f36")
    on.rounded_rectangle((330, 150, 630, 330), 30, fill="#14161a")
    for x in (400, 460, 520):
        on.rounded_rectangle((x, 300, x + 36, 322), 6, fill="#c9a227")
    on.ellipse((495, 270, 585, 350), fill="#5b3716")
    on.ellipse((512, 286, 566, 334), fill="#8a4b16")
    on.line((710, 440, 900, 470), fill="#14161a", width=16)


def _queue(on: Canvas) -> None:
    on.rectangle((0, 0, 1100, 56), fill="#e7e9ee")
    _text(on, (24, 14), "Print P4 (P4-30-00417): queue", 26)
    for row, (job, state) in enumerate(
        (("Label 50 mm, 1 copy", "done"), ("Label 50 mm, 1 copy", "done"),
         ("Shelf 38, 1 copy", "printing"), ("Label 50 mm, 1 copy", "waiting"))
    ):  # fmt: skip
        top = 84 + row * 62
        _text(on, (24, top), f"{4101 + row}", 26, _GREY)
        _text(on, (140, top), job, 26)
        _text(on, (820, top), state, 26, "#2f6f4f" if state == "done" else _INK)
        on.line((24, top + 48, 1076, top + 48), fill="#e7e9ee", width=2)


def _chair(on: Canvas) -> None:
    on.rectangle((0, 0, 250, 640), fill="#cfc4ae")
    on.rectangle((300, 170, 620, 230), fill=_WOOD)
    on.rectangle((300, 410, 620, 470), fill=_WOOD)
    on.rectangle((560, 170, 640, 470), fill="#7d2e2e")
    on.rectangle((640, 400, 900, 450), fill=_WOOD)
    on.rectangle((640, 190, 900, 240), fill=_WOOD)


def _parcel(on: Canvas) -> None:
    on.polygon(((160, 260), (520, 170), (830, 280), (470, 400)), fill="#c79f6c")
    on.polygon(((160, 260), (470, 400), (470, 590), (160, 430)), fill="#a9814f")
    on.polygon(((470, 400), (830, 280), (830, 450), (470, 590)), fill="#93703f")
    on.polygon(((470, 590), (830, 450), (830, 380), (640, 520), (470, 520)), fill="#5e4a30")
    on.line((560, 330, 610, 420, 590, 470, 650, 540), fill="#2b1d10", width=6)
    on.polygon(((300, 255), (430, 222), (500, 250), (370, 285)), fill=_PAPER)


def _display(on: Canvas) -> None:
    on.rounded_rectangle((230, 40, 570, 560), 60, fill="#2c2f36")
    on.rectangle((270, 100, 530, 330), fill="#dfe9e2")
    _text(on, (290, 120), "4011200", 44)
    _text(on, (290, 190), "Qty  2", 56)
    for x, width in ((332, 4), (351, 9), (402, 3), (418, 14), (471, 5)):
        on.line((x, 100, x + 6, 330), fill="#101418", width=width)
    on.line((280, 110, 420, 240, 520, 320), fill="#f5fbf7", width=3)
    for row in range(3):
        for column in range(3):
            left, top = 290 + column * 80, 370 + row * 58
            on.rounded_rectangle((left, top, left + 60, top + 42), 8, fill="#565b66")


_PICTURES: dict[str, tuple[tuple[int, int], str, Callable[[Canvas], None]]] = {
    "label.png": ((900, 600), "#d8dbe0", _label),
    "cradle.png": ((960, 640), "#e9e4da", _cradle),
    "print-queue.png": ((1100, 350), "#ffffff", _queue),
    "photo-turned.png": ((960, 640), "#e6dfd2", _chair),
    "damaged-parcel.png": ((960, 640), "#b9bdc2", _parcel),
    "display.png": ((800, 600), "#ece6da", _display),
}
