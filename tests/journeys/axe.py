"""What axe finds on a page (WCAG 2.2 AA and its best practices)."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_AXE = Axe().axe_script
# What is in order, element by element, would take longer to carry here than to find out.
_FIND = """([within, rules]) =>
    axe.run(within ?? document, { runOnly: rules, resultTypes: ["violations"] }).then((found) =>
        found.violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))"""


def problems(page: Page, within: str | None = None, *, colours: bool = False) -> list[str]:
    """Return each barrier as its rule and the element's markup.

    Args:
        within: a selector; the whole page without.
        colours: look at colours only: all else is in one theme as in the other.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    return page.evaluate(_FIND, [within, _OF_COLOURS if colours else _RULES])
