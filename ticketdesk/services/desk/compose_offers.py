"""What helps while one writes: texts, people, macros, and a second look before sending."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import ContentFormat, UserRole
from ticketdesk.services import members
from ticketdesk.services.desk.words import PRIORITY, STATUS
from ticketdesk.services.library import canned_responses, macros
from ticketdesk.services.library.variables import KNOWN
from ticketdesk.services.rich_text import sanitise
from ticketdesk.services.tickets import access, macro_undo, send_guard

_SAID = {
    "reply": "reply",
    "note": "note",
    "addTags": "add tags",
    "removeTags": "remove tags",
    "category": "category",
    "assignedToId": "assign",
}


@dataclass(frozen=True, slots=True)
class Offers:
    """What `/`, `@` and the menu of macros list."""

    canned: list[dict[str, str]]
    people: list[dict[str, str]]
    macros: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Ran:
    """A macro that was run, and what takes it back."""

    title: str
    before: dict[str, Any]


def offers(session: Session, actor: Actor) -> Offers:
    """Return the texts, agents and macros that the caller may use."""
    actor.require(UserRole.AGENT, writes=False)
    return Offers(
        canned=[
            {
                "id": one.id,
                "title": one.title,
                "shortcut": one.shortcut,
                "folder": one.folder or ("Shared" if one.shared else "Mine"),
            }
            for one in canned_responses.list_all(session, actor)
        ],
        people=[
            {"id": one.id, "name": one.name, "email": one.email}
            for one in members.agents(session, actor)
            if one.id != actor.user_id
        ],
        macros=[
            {"id": one.id, "title": one.title, "words": _words(one.change)}
            for one in macros.list_all(session, actor)
        ],
    )


def filled(session: Session, actor: Actor, canned_id: str, reference: str) -> dict[str, Any]:
    """Return a canned response as HTML for a ticket, and what of it stays a gap.

    Returns:
        `html`, sanitised; `empty`, the variables without a value on this ticket; `unknown`, the
        names that are no variables.
    """
    actor.require(UserRole.AGENT, writes=False)
    done = canned_responses.insert(session, actor, canned_id, reference)
    return {
        "html": sanitise(done.content),
        "empty": [name for name in done.empty if name in KNOWN],
        "unknown": [name for name in done.empty if name not in KNOWN],
    }


def doubts(
    session: Session, actor: Actor, reference: str, content: str, *, has_files: bool
) -> list[dict[str, str]]:
    """Return what its author may have overlooked in a reply, with what one click can set right.

    Each has `kind`, `message`, and `wrong` (the words in question) with `right` (what should stand
    there), both "" where no click can know.

    Args:
        content: HTML of the editor.
    """
    actor.require(UserRole.AGENT, writes=False)
    found = send_guard.check(
        session, actor, reference, content, ContentFormat.HTML, has_files=has_files
    )
    return [
        {
            "kind": doubt.kind,
            "message": doubt.message,
            "wrong": doubt.words,
            "right": doubt.right,
        }
        for doubt in found
    ]


def run(session: Session, actor: Actor, macro_id: str, reference: str) -> Ran:
    """Make a macro's changes on a ticket.

    Raises:
        NotFound, Conflict: as `macros.run` says.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference, lock=True)
    before = macro_undo.remember(session, ticket)
    done = macros.run(session, actor, macro_id, ticket.id)
    title = next(one.title for one in macros.list_all(session, actor) if one.id == macro_id)
    return Ran(title, before | {"versionAfter": done.version})


def _words(change: dict[str, Any]) -> str:
    said = [words for name, words in _SAID.items() if name in change]
    said += [STATUS.get(change["status"], "")] if change.get("status") else []
    said += [PRIORITY.get(change["priority"], "")] if change.get("priority") else []
    return ", ".join(said)
