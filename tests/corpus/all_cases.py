"""The whole corpus."""

from tests.corpus import automatic, bounced, charsets, replies, structures, threads
from tests.corpus.case import Case

CASES: tuple[Case, ...] = tuple(
    case
    for chapter in (charsets, replies, automatic, bounced, structures, threads)
    for case in chapter.cases()
)
