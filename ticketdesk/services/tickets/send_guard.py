"""Looks at a reply before it leaves and says what its author may have overlooked."""

import re
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import TicketResponse
from ticketdesk.models.enums import ContentFormat, UserRole
from ticketdesk.services import rich_text
from ticketdesk.services.library import variables
from ticketdesk.services.tickets import access

_ATTACHED = re.compile(
    r"\b(?:attach(?:ed|ment|ments|ing)?|enclosed|anbei|angehängt|im anhang|beigefügt"
    r"|ci-joint|pièce jointe|adjunto|adjunta|adjuntos|em anexo|in allegato|allegato)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|hallo|liebe|lieber|guten (?:tag|morgen)|bonjour|salut|hola|olá|ciao)"
    r"[ ,]+(?P<name>[^\W\d_][\w'\u2019-]+)",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    {
        "there", "all", "team", "everyone", "folks", "both", "again", "sir", "madam", "herr",
        "frau", "mr", "mrs", "ms", "dr", "and", "you", "zusammen", "alle", "tous", "toutes", "a",
    }
)  # fmt: skip
_SHARED_WORDS = 8


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: its kind and a sentence."""

    kind: str
    message: str


def check(
    session: Session,
    actor: Actor,
    reference: str,
    content: str,
    content_format: ContentFormat,
    *,
    has_files: bool,
) -> list[Doubt]:
    """Return what looks wrong about a public reply.

    Four checks: a promised attachment without a file, a greeting with another name than the
    requester's, eight words in a row from an internal note of this ticket, an unfilled variable.

    Raises:
        NotFound: no such ticket.
    """
    actor.require(UserRole.AGENT, writes=False)
    ticket = access.find(session, actor, reference)
    text = rich_text.to_text(content, content_format)
    found: list[Doubt] = []
    if not has_files and _ATTACHED.search(_own_words(text)):
        found.append(Doubt("attachment", "You mention an attachment, but no file is attached."))
    name = greeted_name(text)
    if name and not _is_name_of(name, ticket.requester_name):
        found.append(
            Doubt("greeting", f"You greet {name}, but the requester is {ticket.requester_name}.")
        )
    notes = session.exec(
        select(TicketResponse.content_text)
        .where(TicketResponse.ticket_id == ticket.id, col(TicketResponse.is_internal))
        .order_by(col(TicketResponse.created_at).desc())
        .limit(50)
    ).all()
    if any(shares_passage(text, note) for note in notes):
        found.append(Doubt("note", "This has text from an internal note in it."))
    if missing := variables.unfilled(text):
        found.append(Doubt("variable", f"The variable {{{{{missing[0]}}}}} has no value."))
    return found


def greeted_name(text: str) -> str | None:
    """Return the name a text greets in its first line, or None."""
    found = _GREETING.match(text)
    if not found or found.group("name").lower() in _NOT_NAMES:
        return None
    return found.group("name")


def shares_passage(text: str, note: str) -> bool:
    """Return whether eight words in a row (or a whole shorter note of three) stand in both."""
    words, wanted = _words(text), _words(note)
    length = min(_SHARED_WORDS, len(wanted))
    if length < 3:
        return False
    runs = {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
    return any(tuple(wanted[i : i + length]) in runs for i in range(len(wanted) - length + 1))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _own_words(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(">"))


def _is_name_of(name: str, requester: str) -> bool:
    return name.casefold() in [
        word.casefold() for word in re.findall(r"[^\W\d_][\w'\u2019-]*", requester)
    ]
