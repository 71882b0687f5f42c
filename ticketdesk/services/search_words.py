"""From typed words to a tsquery, so that nothing typed can be an operator."""

import re

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_MOST = 10

# Other scripts put no blanks between words, or have endings that no short list holds.
_LATIN = re.compile(r"[a-z0-9\u00df-\u024f]+")
_ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "n", "en", "e")
_SHORTEST = 3


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, at most ten."""
    return [word.lower()[:60] for word in _WORD.findall(text)][:_MOST]


def prefix_query(text: str) -> str:
    """Return a tsquery that wants every word, each as the beginning of one ('' for no words)."""
    return " & ".join(f"'{word}':*" for word in words_of(text))


def finished_query(text: str) -> str:
    """Return a tsquery that wants every word, only the last as the beginning of one.

    Those before it are whole, with or without a usual ending; in scripts other than the Latin one
    they may be beginnings.
    """
    *finished, last = words_of(text) or [""]
    return " & ".join([*map(_finished, finished), f"'{last}':*"]) if last else ""


def _finished(word: str) -> str:
    if not _LATIN.fullmatch(word):
        return f"'{word}':*"
    if len(word) < _SHORTEST or not word.isalpha():
        return f"'{word}'"
    forms = " | ".join(f"'{word}{ending}'" for ending in ("", *_ENDINGS))
    return f"({forms})"


def phrase_query(text: str) -> str:
    """Return a tsquery that wants the exact words one after the other ('' for no words)."""
    return " <-> ".join(f"'{word}'" for word in words_of(text))
