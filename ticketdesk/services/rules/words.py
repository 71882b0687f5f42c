"""Keyword matches: whole words, case-folded, in time that only grows with the text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\w+")
# Scripts written without blanks between words: there a keyword is found wherever it stands.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_LONGEST = 200_000


def folded(text: str) -> str:
    """Return text as it is compared: one form for what looks alike, no difference of case."""
    return unicodedata.normalize("NFKC", text).casefold()


@dataclass(frozen=True, slots=True)
class Words:
    """A text ready for keyword matches; its first 200,000 characters count."""

    single: frozenset[str]
    line: str
    plain: str

    @classmethod
    def of(cls, text: str) -> "Words":
        """Cut a text into words once, for any number of matches."""
        plain = folded(text[:_LONGEST])
        words = _WORD.findall(plain)
        return cls(frozenset(words), f" {' '.join(words)} ", plain)

    def has(self, keyword: str) -> bool:
        """Whether a word, or several in this order, occur whole."""
        wanted = _keyword(keyword)
        if not wanted:
            return False
        if _UNSPACED.search(keyword):
            return folded(keyword) in self.plain
        if len(wanted) == 1:
            return wanted[0] in self.single
        return f" {' '.join(wanted)} " in self.line


@lru_cache(maxsize=4096)
def _keyword(keyword: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(keyword)))
