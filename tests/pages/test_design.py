"""One file holds every colour and size."""

import re
from itertools import chain
from pathlib import Path

import pytest

from ticketdesk.components import design

ROOT = Path(design.__file__).parents[1]
SHEETS = sorted(chain((ROOT / "components").rglob("*.css"), (ROOT / "public").rglob("*.css")))
VIEWS = sorted(chain((ROOT / "components").rglob("*.jsx"), (ROOT / "pages").rglob("*.py")))
KNOWN = {
    *design.LIGHT,
    *design.SCALE,
    *(f"person-{n}{part}" for n in range(len(design.PEOPLE)) for part in ("", "-text")),
}
# A size that only the browser knows, such as the shape of a picture.
SET_BY_VIEWS = {
    name
    for path in VIEWS
    for name in re.findall(r"[\"'`]--([\w-]+)", path.read_text(encoding="utf-8"))
}
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_both_themes_have_the_same_names():
    assert design.LIGHT.keys() == design.DARK.keys()


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_names_tokens_that_exist_and_no_colour_of_its_own(path):
    text = path.read_text(encoding="utf-8")
    assert not COLOUR.findall(text)
    local = set(re.findall(r"^\s*--([\w-]+):", text, re.MULTILINE)) | SET_BY_VIEWS
    assert set(re.findall(r"var\(--([\w-]+)", text)) - local <= KNOWN


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.name)
def test_a_view_has_no_colour_of_its_own(path):
    assert not COLOUR.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("theme", [design.LIGHT, design.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["text", "text-2", "text-3", "placeholder", "accent-text"])
@pytest.mark.parametrize("surface", ["canvas", "surface", "raised", "sunken"])
def test_text_is_readable_on_every_surface(theme, text, surface):
    assert contrast(theme[text], theme[surface]) >= 4.5


@pytest.mark.parametrize("theme", [design.LIGHT, design.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("on-accent", "accent"),
        ("on-accent", "accent-hover"),
        ("danger", "danger-soft"),
        ("warn", "warn-soft"),
        ("note-text", "note"),
        ("text", "note"),
        ("text", "accent-soft"),
    ],
)
def test_tinted_surfaces_keep_their_text_readable(theme, text, surface):
    assert contrast(theme[text], theme[surface]) >= 4.5


@pytest.mark.parametrize("offset", [0, 2], ids=["light", "dark"])
def test_initials_are_readable_on_every_tint(offset):
    for pair in design.PEOPLE:
        assert contrast(pair[offset], pair[offset + 1]) >= 4.5
