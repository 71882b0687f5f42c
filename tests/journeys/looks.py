"""One screen in every look: both themes, narrow, middling and wide, without opening it anew."""

from playwright.sync_api import Page, expect

from tests.journeys.axe import problems

WIDTHS = (390, 1024, 1440)
_JUDGED = (390, 1440)
_SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
# Half faded in, a text has half its contrast.
FADED_IN = """element => Promise.all(
    document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity)
        .map((a) => a.finished.catch(() => null)))"""


_DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def resize(page: Page, width: int) -> None:
    """Make a page as wide as this, and wait until what follows its size has been drawn, too."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(_DRAWN)


def flaws(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """Return what stands in somebody's way, or past the edge, on what the page shows now.

    Barriers are looked for in both themes at the narrowest and the widest width, where the layouts
    are; that nothing scrolls sideways is looked at in every width. Afterwards the page is as wide
    as it was, in the light.

    Args:
        widths: in pixels.
    """
    before, found = page.viewport_size, []
    assert before
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(page.locator(f"html.{theme}")).to_be_attached()
        for width in widths:
            resize(page, width)
            if page.evaluate(_SIDEWAYS) > 0:
                found.append(f"{width} px: scrolls sideways")
            if width in _JUDGED:
                page.locator("body").evaluate(FADED_IN)
                barriers = problems(page, colours=theme == "dark")
                found += [f"{theme}, {width} px: {words}" for words in barriers]
    page.set_viewport_size(before)
    return found
