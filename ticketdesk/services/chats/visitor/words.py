"""What the customers' chat says, in the languages of the public form."""

import json
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

_LOCALES = Path(__file__).parent / "locales"


@lru_cache(maxsize=64)
def words(language: str) -> MappingProxyType[str, str]:
    """Return the sentences of a language by key; `{name}` marks what is filled in.

    Args:
        language: one that the public form speaks.
    """
    text = (_LOCALES / f"{language}.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))
