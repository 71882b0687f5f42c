"""Looks at a reply before it leaves and says what its author may have overlooked."""

import re
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Organization, Ticket, TicketResponse
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
    r"[ ,]+(?P<name>[^\W\d_][\w'\u2019-]+)(?P<after>.*)",
    re.IGNORECASE,
)
# What stands behind a greeted name, or behind the surname that follows it.
_GREETED = re.compile(r"(?: [^\W\d_][\w'\u2019-]+)?\s*(?:$|[,;:.!?\u2026\u2013\u2014-])")
_NOT_NAMES = frozenset(
    {
        "there", "all", "team", "everyone", "folks", "both", "again", "sir", "madam", "herr",
        "frau", "mr", "mrs", "ms", "dr", "and", "you", "zusammen", "alle", "tous", "toutes", "a",
        "world", "customer", "support",
    }
)  # fmt: skip
_SHARED_WORDS = 8
_VARIABLES_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: its kind, a sentence, and the words of the reply it is about.

    `right` is what should stand in place of the words, "" where nothing should or nobody can know.
    """

    kind: str
    message: str
    words: str = ""
    right: str = ""


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
    requester's, eight words in a row from an internal note of this ticket, each unfilled variable.

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
        message = f"You greet {name}, but the requester is {ticket.requester_name}."
        found.append(Doubt("greeting", message, name, variables.first_name(ticket.requester_name)))
    notes = session.exec(
        select(TicketResponse.content_text)
        .where(TicketResponse.ticket_id == ticket.id, col(TicketResponse.is_internal))
        .order_by(col(TicketResponse.created_at).desc())
        .limit(50)
    ).all()
    if passage := next(filter(None, (shared_passage(text, note) for note in notes)), ""):
        found.append(Doubt("note", "This has text from an internal note in it.", passage))
    return found + _unfilled(session, actor, ticket, text)


def _unfilled(session: Session, actor: Actor, ticket: Ticket, text: str) -> list[Doubt]:
    written = list(dict.fromkeys(variables.standing(text)))[:_VARIABLES_AT_MOST]
    if not written:
        return []
    organization = session.exec(
        select(Organization.name).where(Organization.id == actor.organization_id)
    ).one()
    values = variables.values_for(ticket, agent=actor.name, organization=organization)
    found = []
    for word in written:
        name = word.strip("{} \t")
        value = values.get(name, "")
        wrong = "is not filled in" if value else "has no value"
        message = f"The variable {word} {wrong if name in variables.KNOWN else 'does not exist'}."
        found.append(Doubt("variable", message, word, value))
    return found


def greeted_name(text: str) -> str | None:
    """Return the name a text greets in its first line, or None.

    A name begins with a capital and ends the greeting: "Hello from Grace" greets nobody.
    """
    found = _GREETING.match(text)
    if not found or found.group("name").lower() in _NOT_NAMES:
        return None
    name: str = found.group("name")
    return name if name[0].isupper() and _GREETED.match(found.group("after")) else None


def shares_passage(text: str, note: str) -> bool:
    """Return whether eight words in a row (or a whole shorter note of three) stand in both."""
    return bool(shared_passage(text, note))


def shared_passage(text: str, note: str) -> str:
    """Return the first passage of a text that stands in a note as well, or "".

    It begins where eight words in a row (or a whole shorter note of three) agree and ends where the
    two part; words are in lower case with one blank between.
    """
    words, wanted = _words(text), _words(note)
    length = min(_SHARED_WORDS, len(wanted))
    if length < 3:
        return ""
    places = {tuple(wanted[at : at + length]): at for at in range(len(wanted) - length, -1, -1)}
    for at in range(len(words) - length + 1):
        start = places.get(tuple(words[at : at + length]))
        if start is None:
            continue
        pairs = zip(words[at:], wanted[start:], strict=False)
        same = next((n for n, (one, other) in enumerate(pairs) if one != other), None)
        longest = min(len(words) - at, len(wanted) - start)
        return " ".join(words[at : at + (longest if same is None else same)])
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _own_words(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(">"))


def _is_name_of(name: str, requester: str) -> bool:
    return name.casefold() in [
        word.casefold() for word in re.findall(r"[^\W\d_][\w'\u2019-]*", requester)
    ]
