"""Previews: what is drawn, what is stripped, and what a hostile picture cannot do."""

import io

import pytest
from PIL import Image

from tests.support import samples
from ticketdesk.adapters.pictures.rendering import Rendered, render


@pytest.fixture
def drawn(tmp_path):
    """`drawn(content, mime_type)` renders bytes."""

    def draw(content: bytes, mime_type: str, **options) -> Rendered | None:
        path = tmp_path / "original"
        path.write_bytes(content)
        with path.open("rb") as source:
            return render(source, mime_type, **options)

    return draw


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture))


def colour_at(picture: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    found = picture.getpixel(place)
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_every_usual_kind_becomes_webp_in_two_sizes(drawn, kind):
    made = drawn(samples.picture(kind, (2000, 1000)), f"image/{kind.lower()}")
    assert (made.width, made.height) == (2000, 1000)
    assert opened(made.thumbnail).size == (200, 100)
    assert opened(made.preview).size == (1600, 800)
    assert opened(made.preview).format == "WEBP"


def test_a_small_picture_is_not_blown_up(drawn):
    made = drawn(samples.picture(size=(30, 20)), "image/png")
    assert opened(made.thumbnail).size == opened(made.preview).size == (30, 20)


def test_a_photo_is_turned_as_it_was_taken(drawn):
    made = drawn(samples.photo((60, 40), orientation=6), "image/jpeg")
    assert (made.width, made.height) == (40, 60)
    picture = opened(made.preview).convert("RGB")
    assert picture.size == (40, 60)
    red, blue = colour_at(picture, (20, 5)), colour_at(picture, (20, 55))
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]


def test_camera_and_place_do_not_reach_the_preview(drawn):
    original = samples.photo()
    assert b"Exif" in original
    made = drawn(original, "image/jpeg")
    for picture in (made.thumbnail, made.preview):
        assert not opened(picture).getexif()
        assert b"EXIF" not in picture
        assert b"Nokia" not in picture
        assert b"ICCP" not in picture


def test_the_first_frame_stands_for_an_animation(drawn):
    picture = opened(drawn(samples.animation(), "image/gif").preview)
    assert getattr(picture, "n_frames", 1) == 1
    assert colour_at(picture.convert("RGB"), (5, 5))[0] > 200


def test_the_first_page_stands_for_a_pdf(drawn):
    made = drawn(samples.pdf(), "application/pdf")
    assert made.width is None
    assert opened(made.preview).size[0] == 1600
    assert colour_at(opened(made.thumbnail).convert("RGB"), (100, 60))[0] > 180


def test_transparency_survives(drawn):
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(out, "PNG")
    assert (
        colour_at(opened(drawn(out.getvalue(), "image/png").preview).convert("RGBA"), (5, 5))[3]
        == 0
    )


@pytest.mark.parametrize(
    ("content", "mime_type"),
    [
        (samples.picture()[:60], "image/png"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "image/png"),
        (b"%PDF-1.7\nbroken", "application/pdf"),
        (b"", "image/jpeg"),
        (samples.picture(), "image/jpeg2000"),
        (samples.SVG, "image/svg+xml"),
    ],
)
def test_a_broken_or_unknown_picture_is_no_error(drawn, content, mime_type):
    assert drawn(content, mime_type) is None


def test_a_pixel_bomb_is_not_drawn(drawn):
    assert drawn(samples.pixel_bomb(), "image/png") is None


def test_a_picture_that_needs_too_much_memory_is_not_drawn(drawn):
    assert drawn(samples.memory_hog(), "image/png") is None


def test_a_picture_that_takes_too_long_is_not_drawn(drawn):
    assert drawn(samples.noise((1500, 1500)), "image/png", wall_seconds=0.01) is None
