"""What axe finds on a page (WCAG 2.2 AA and its best practices)."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def problems(page: Page, within: str | None = None) -> list[str]:
    """Return each barrier as its rule and the element's markup.

    Args:
        within: a selector; the whole page without.
    """
    found = Axe().run(page, context=within, options={"runOnly": _RULES}).response["violations"]
    return [f"{v['id']}: {node['html'][:200]}" for v in found for node in v["nodes"]]
