"""What two subjects have in common once the prefixes of mail programs are gone."""

import re

_PREFIX = re.compile(
    r"^\s*(\[[^\]]{1,40}\]\s*)?"
    r"(re|aw|antw|antwort|sv|vs|vá|r|ris|rif|res|resp|ref|odp|ynt|回复|答复|返信|답장|"
    r"fw|fwd|wg|tr|rv|rtr|i|enc|doorst|vb|pd|转发|転送|전달)(\[\d+\]|\(\d+\))?\s*[:\uff1a]\s*",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^\s*(fw|fwd|wg|tr|rv|i|enc|doorst|vb|pd|转发|転送|전달)\s*[:\uff1a]", re.IGNORECASE
)
_TOKEN = re.compile(
    r"\[?\bticket\s+#\d{1,10}\]?\s*(created)?\s*:?|\[#\d{1,10}\]|#\d{1,10}\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w/&])\[?#(\d{1,10})\b\]?")


def bare(subject: str) -> str:
    """The subject without Re:, Fwd: and ticket marks, case-folded, for comparing."""
    previous, text = None, subject
    while previous != text:
        previous, text = text, _PREFIX.sub("", text, count=1)
    text = _TOKEN.sub(" ", text)
    while previous != text:
        previous, text = text, _PREFIX.sub("", text, count=1)
    return " ".join(text.casefold().split()).rstrip("…")


def is_forward(subject: str) -> bool:
    """Whether the first prefix is one of forwarding."""
    return bool(_FORWARD.match(subject))


def numbers(subject: str) -> tuple[int, ...]:
    """Ticket numbers written as `[#1001]` or `#1001`, in order."""
    return tuple(dict.fromkeys(int(n) for n in _NUMBER.findall(subject)))


def changed(subject: str, ticket_subject: str) -> bool:
    """Whether a reply's subject is another than the ticket's; shortened ones count as the same."""
    new, old = bare(subject), bare(ticket_subject)
    return bool(new) and not (
        new == old or old.startswith(new) or (new.startswith(old) and bool(old))
    )
