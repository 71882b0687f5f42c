"""Which category a ticket from a chat belongs to, judged by this desk's own past tickets."""

import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, literal
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import Chat, ChatMessage, Ticket
from ticketdesk.models.enums import ChatRole, UserRole
from ticketdesk.services import ticket_settings
from ticketdesk.services.chats import access
from ticketdesk.services.tickets.similar import telling

_READ = 20
_WORDS = 12
_PROBED = 300
_LEAST = 2
_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category and the reason for it; both are "" when nothing speaks for one."""

    category: str
    reason: str


def category(session: Session, actor: Actor, chat_id: str) -> Suggestion:
    """Return the category that fits what the customer wrote.

    A category whose name the customer used wins. Otherwise the past tickets that share telling
    words vote, each with the square of how many words it shares; a winner needs two tickets and
    two fifths of the votes. Nothing leaves the desk.

    Raises:
        NotFound: no such chat.
    """
    actor.require(UserRole.AGENT, writes=False)
    chat = access.find(session, actor, chat_id)
    said = _said(session, chat)
    offered = ticket_settings.of(session, actor.organization_id).embed_config.categories
    for name in offered:
        if any(_names(line, name) for line in said):
            return Suggestion(name, f"The customer wrote “{name.lower()}”.")
    words = _words(said)
    if not words or not offered:
        return Suggestion("", "")
    return _by_vote(session, actor, chat, words, offered)


def _said(session: Session, chat: Chat) -> list[str]:
    """The title and the beginnings of the customer's first messages."""
    said = session.exec(
        select(func.left(ChatMessage.content, 500))
        .where(ChatMessage.chat_id == chat.id, ChatMessage.role == ChatRole.USER)
        .order_by(col(ChatMessage.created_at), col(ChatMessage.id))
        .limit(_READ)
    ).all()
    return [chat.title, *said]


def _names(line: str, category_name: str) -> bool:
    """Whether a line has the name of a category as whole words."""
    name = re.escape(category_name.casefold())
    return re.search(rf"(?<!\w){name}(?!\w)", line.casefold()) is not None


def _words(said: list[str]) -> list[str]:
    """The words that tell most: the title's, then those that come most often."""
    title, *lines = said
    counted = Counter(word for line in lines for word in telling(line))
    often = [word for word, _ in counted.most_common()]
    return list(dict.fromkeys([*telling(title), *often]))[:_WORDS]


def _by_vote(
    session: Session, actor: Actor, chat: Chat, words: list[str], offered: list[str]
) -> Suggestion:
    any_of = func.to_tsquery("simple", " | ".join(f"'{word}'" for word in words))
    matches = func.tickets_matching(any_of, False, literal(_PROBED))
    rows = session.exec(
        select(Ticket.category, Ticket.subject, func.left(Ticket.description, 500)).where(
            Ticket.organization_id == actor.organization_id,
            col(Ticket.id).in_(select(matches.column_valued("id"))),
            col(Ticket.category).in_(offered),
            col(Ticket.origin_chat_id).is_distinct_from(chat.id),
        )
    ).all()
    votes: Counter[str] = Counter()
    tickets: Counter[str] = Counter()
    shared: dict[str, Counter[str]] = {}
    for name, subject, description in rows:
        common = set(words) & {*telling(subject), *telling(description)}
        if name and common:
            votes[name] += len(common) ** 2
            tickets[name] += 1
            shared.setdefault(name, Counter()).update(common)
    if not votes:
        return Suggestion("", "")
    best, most = votes.most_common(1)[0]
    if tickets[best] < _LEAST or most < _SHARE * votes.total():
        return Suggestion("", "")
    named = ", ".join(f"“{word}”" for word, _ in shared[best].most_common(3))
    return Suggestion(best, f"{tickets[best]} past tickets with {named} are in it.")
