"""Pictures of the guides: taken by the tests, so that they show what there is.

`TICKETDESK_PICTURES=1 pytest tests/journeys/test_guides.py` writes them anew; otherwise a picture
is only taken, and must be there already.
"""

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / "docs" / "images" / "guides"
WRITES = os.environ.get("TICKETDESK_PICTURES") == "1"


def keep(page: Page, name: str) -> Path:
    """Take a picture of a page as it stands, for a guide, and return where it lies.

    Args:
        name: file name below `docs/images/guides`, without `.png`.
    """
    path = FOLDER / f"{name}.png"
    picture = page.screenshot(animations="disabled", caret="hide")
    if WRITES:
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture)
    assert path.exists(), f"{path.name} is missing: write it with TICKETDESK_PICTURES=1"
    return path


def named_in(guide: str) -> set[str]:
    """Return the names of the pictures that a guide shows."""
    text = (FOLDER.parents[1] / "guides" / guide).read_text(encoding="utf-8")
    return {part.split(".png")[0] for part in text.split("../images/guides/")[1:]}
