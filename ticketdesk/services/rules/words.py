"""Keyword matches: whole words, case-folded, in time that only grows with the text."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
# Scripts written without blanks between words: there a keyword is found wherever it stands.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_LONGEST = 200_000


def folded(text: str) -> str:
    """Return text as it is compared: one form for what looks alike, no difference of case."""
    return unicodedata.normalize("NFKC", text).casefold()


@dataclass(frozen=True, slots=True)
class Keywords:
    """Keywords made ready to be looked for in any number of texts."""

    single: frozenset[str]
    phrases: tuple[str, ...]
    anywhere: tuple[str, ...]

    @classmethod
    def of(cls, keywords: Iterable[str]) -> "Keywords":
        """Sort keywords into single words, several in a row, and those of unspaced scripts."""
        single, phrases, anywhere = set(), [], []
        for keyword in keywords:
            words = _WORD.findall(folded(keyword))
            if _UNSPACED.search(keyword):
                anywhere.append(folded(keyword))
            elif len(words) == 1:
                single.add(words[0])
            elif words:
                phrases.append(f" {' '.join(words)} ")
        return cls(frozenset(single), tuple(phrases), tuple(anywhere))


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

    def has_any(self, keywords: Keywords) -> bool:
        """Whether any keyword occurs: a word or several in this order, whole."""
        return (
            not keywords.single.isdisjoint(self.single)
            or any(phrase in self.line for phrase in keywords.phrases)
            or any(text in self.plain for text in keywords.anywhere)
        )
