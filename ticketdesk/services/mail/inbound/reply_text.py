"""Plain text → what its author wrote now, apart from quotes and signature.

Cautious: what is unsure stays, since an agent must never miss a sentence. Nothing is lost either
way, the original is kept (semantics.md, Email in).
"""

from dataclasses import dataclass

import quotequail

from ticketdesk.services.mail.inbound.quote_phrases import (
    ATTRIBUTION,
    FORWARD,
    HEADER_FROM,
    HEADER_NEXT,
    MOBILE,
    RULE,
    SEPARATOR,
)

MAX_LINES = 20_000
_MAX_LINE = 600
_MAX_SIGNATURE = 15


@dataclass(frozen=True, slots=True)
class Reply:
    """The three pieces of a text; `quoted` and `signature` are empty where none was found."""

    text: str
    quoted: str = ""
    signature: str = ""


def cut(text: str) -> Reply:
    """Split `text`. A message that only quotes, or forwards, stays whole."""
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        return Reply(text.strip())
    start = quote_start(lines)
    above, below = lines[:start], lines[start:]
    if not _has_words(above):
        answer = _below_quote(below)
        if answer is None:
            return Reply(text.strip())
        above, below = answer
    elif _has_answers_inside(below):
        # Answers stand between the quoted lines: without those they mean nothing.
        above, below = lines, []
    kept, signature = _split_signature(above)
    if not _has_words(kept):
        kept, signature = above, []
    return Reply(_trim(kept), _trim(below), _trim(signature))


def quote_start(lines: list[str]) -> int:
    """Index of the line where quoting begins, `len(lines)` when there is none."""
    for index, line in enumerate(lines):
        if len(line) > _MAX_LINE:
            continue
        if FORWARD.match(line):
            return len(lines)
        if SEPARATOR.match(line) or _is_header_block(lines, index):
            return index
        if RULE.match(line) and _is_header_block(lines, _next_words(lines, index + 1)):
            return index
        if _is_attribution(lines, index):
            return index
        if line.startswith(">") and _only_quotes(lines, index):
            return index
    return _second_opinion(lines)


def _second_opinion(lines: list[str]) -> int:
    """The library's view, for introductions in a shape that our phrases do not know."""
    parts = quotequail.quote("\n".join(lines), limit=MAX_LINES + 1, quote_intro_line=True)
    if len(parts) < 2:
        return len(lines)
    return parts[0][1].count("\n") + 1 if parts[0][1] else 0


def _is_attribution(lines: list[str], index: int) -> bool:
    """An introduction on one line, or wrapped onto up to three."""
    joined = ""
    for offset in range(3):
        if index + offset >= len(lines) or len(lines[index + offset]) > _MAX_LINE:
            return False
        piece = lines[index + offset].strip()
        if not piece:
            return False
        joined = f"{joined} {piece}".strip()
        if len(joined) <= _MAX_LINE and ATTRIBUTION.match(joined):
            after = _next_words(lines, index + offset + 1)
            # "Yesterday Jane wrote:" in the middle of a story is no introduction of a quote
            # unless something follows that is quoted, or names an address.
            return (
                after >= len(lines)
                or lines[after].startswith(">")
                or "@" in joined
                or ":" in (joined[:-1])
            )
    return False


def _is_header_block(lines: list[str], index: int) -> bool:
    """A From line directly followed by at least two more header lines, as Outlook writes them."""
    if index >= len(lines) or len(lines[index]) > _MAX_LINE or not HEADER_FROM.match(lines[index]):
        return False
    following = [line for line in lines[index + 1 : index + 5] if line.strip()]
    return sum(1 for line in following if HEADER_NEXT.match(line[:_MAX_LINE])) >= 2


def _only_quotes(lines: list[str], index: int) -> bool:
    rest = [line for line in lines[index:] if line.strip()]
    return len(rest) >= 1 and all(line.startswith(">") for line in rest)


def _has_answers_inside(below: list[str]) -> bool:
    """Whether unquoted words follow quoted lines (inline answers)."""
    quoted_seen = False
    for line in below:
        if line.startswith(">"):
            quoted_seen = True
        elif quoted_seen and line.strip() and not line.strip().startswith(("--", "__")):
            return not MOBILE.match(line[:_MAX_LINE])
    return False


def _below_quote(below: list[str]) -> tuple[list[str], list[str]] | None:
    """Answer written under the quote: (answer, quote), or None when nothing stands there."""
    last = max((i for i, line in enumerate(below) if line.startswith(">")), default=-1)
    if last < 0 or not _has_words(below[last + 1 :]):
        return None
    first = next(i for i, line in enumerate(below) if line.startswith(">"))
    between = below[first:last]
    if any(line.strip() and not line.startswith(">") for line in between):
        return below, []
    return below[last + 1 :], below[: last + 1]


def _split_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    for index in range(max(0, end - _MAX_SIGNATURE - 1), end):
        if lines[index].rstrip("\r") in {"-- ", "--"}:
            return lines[:index], lines[index:]
    cut = end
    for index in range(end - 1, max(-1, end - 4), -1):
        if lines[index].strip() and MOBILE.match(lines[index][:_MAX_LINE]):
            cut = index
    return lines[:cut], lines[cut:]


def _next_words(lines: list[str], index: int) -> int:
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _has_words(lines: list[str]) -> bool:
    return any(line.strip(" \t\r>-_*") for line in lines)


def _trim(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip("\n")
