"""The languages mail is written in, and how one is chosen for a reader."""

import json
from functools import cache
from importlib.resources import files

AVAILABLE = ("en", "de", "fr", "es", "it", "nl", "pt")


def choose(*wishes: str | None) -> str:
    """The first wish we can write; a wish is a tag such as `de-AT` (RFC 5646). Else English."""
    for wish in wishes:
        tag = (wish or "").replace("_", "-").split("-")[0].lower()
        if tag in AVAILABLE:
            return tag
    return "en"


@cache
def phrases(language: str) -> dict[str, str]:
    """All phrases of a language; a missing one is English."""
    english = _read("en")
    return english if language == "en" else {**english, **_read(language)}


def _read(language: str) -> dict[str, str]:
    path = files("ticketdesk.services.mail") / "locales" / f"{language}.json"
    return json.loads(path.read_text("utf-8"))
