"""From typed words to a tsquery, so that nothing typed can be an operator."""

import re

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_MOST = 10


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, at most ten."""
    return [word.lower()[:60] for word in _WORD.findall(text)][:_MOST]


def prefix_query(text: str) -> str:
    """Return a tsquery that wants every word, each as the beginning of one ('' for no words)."""
    return " & ".join(f"'{word}':*" for word in words_of(text))


def phrase_query(text: str) -> str:
    """Return a tsquery that wants the exact words one after the other ('' for no words)."""
    return " <-> ".join(f"'{word}'" for word in words_of(text))
