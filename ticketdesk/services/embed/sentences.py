"""What the public pages say, in the visitor's language."""

import json
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

_LOCALES = Path(__file__).parent / "locales"
DEFAULT = "en"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the language tags we speak, English first."""
    found = sorted(path.stem for path in _LOCALES.glob("*.json"))
    return (DEFAULT, *(tag for tag in found if tag != DEFAULT))


@lru_cache(maxsize=64)
def sentences(language: str) -> MappingProxyType[str, str]:
    """Return the sentences of a language by key; `{name}` marks what is filled in."""
    text = (_LOCALES / f"{language}.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))


def say(language: str, key: str, **filling: object) -> str:
    """Return one sentence, filled in."""
    sentence = sentences(language)[key]
    for name, value in filling.items():
        sentence = sentence.replace("{" + name + "}", str(value))
    return sentence


def choose(wanted: str | None, accept_language: str | None) -> str:
    """Return the language to speak.

    Args:
        wanted: a tag the page asked for, such as `de-AT` or `de_AT`; it goes first.
        accept_language: the header of that name, with its weights.
    """
    for tag in (wanted or "", *_by_weight(accept_language or "")):
        language = tag.strip().lower().replace("_", "-").split("-")[0]
        if language in languages():
            return language
    return DEFAULT


def _by_weight(header: str) -> list[str]:
    weighted = []
    for part in header[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((float(weight or 1), tag))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0]
