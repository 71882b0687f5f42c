"""Canned responses and macros as one writes them: plain text in, HTML kept, an example shown."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import ContentFormat, UserRole
from ticketdesk.services.library import canned_responses, macros, variables
from ticketdesk.services.library.canned_responses import CannedResponseInput, CannedResponseView
from ticketdesk.services.library.macros import MacroInput, MacroView
from ticketdesk.services.rich_text import to_html, to_text

_EXAMPLE = {
    "ticket.number": "1042",
    "ticket.subject": "The parcel is late",
    "ticket.status": "open",
    "requester.name": "Jane Doe",
    "requester.first_name": "Jane",
    "requester.email": "jane@customer.example",
}


def save_response(
    session: Session, actor: Actor, row_id: str, values: dict[str, Any], version: int
) -> CannedResponseView:
    """Make a canned response, or change the one with an id.

    Args:
        row_id: '' for a new one.
        values: a `CannedResponseInput` whose `content` is plain text.
        version: of the one that is changed.

    Raises:
        Invalid, Conflict, Forbidden, Stale: as the library says.
    """
    actor.require(UserRole.AGENT)
    before = ""
    if row_id:
        found = canned_responses.list_all(session, actor)
        before = next((one.content for one in found if one.id == row_id), "")
    content = _kept(before, str(values.get("content", "")))
    command = CannedResponseInput.parse(values | {"content": content})
    if not row_id:
        return canned_responses.create(session, actor, command)
    return canned_responses.update(session, actor, row_id, command, version)


def save_macro(
    session: Session, actor: Actor, row_id: str, values: dict[str, Any], version: int
) -> MacroView:
    """Make a macro, or change the one with an id; its texts are plain.

    Raises:
        Invalid, Conflict, Forbidden, Stale: as the library says.
    """
    actor.require(UserRole.AGENT)
    before: dict[str, Any] = {}
    if row_id:
        found = macros.list_all(session, actor)
        before = next((one.change for one in found if one.id == row_id), {})
    change = dict(values["change"])
    for name in ("reply", "note"):
        if change.get(name):
            change[name] = _kept(before.get(name) or "", change[name])
    command = MacroInput.parse(values | {"change": change})
    if not row_id:
        return macros.create(session, actor, command)
    return macros.update(session, actor, row_id, command, version)


def words_of(content: str | None) -> str:
    """Return kept HTML as the text one edits."""
    return to_text(content or "", ContentFormat.HTML)


def example(session: Session, actor: Actor, content: str) -> str:
    """Return a text as a customer would get it, for a ticket that does not exist."""
    actor.require(UserRole.AGENT, writes=False)
    own = {"agent.name": actor.name, "agent.first_name": variables.first_name(actor.name)}
    values = _EXAMPLE | own | {"organization.name": "your organization"}
    return variables.fill(content, values).content


def _kept(before: str, text: str) -> str:
    """Keep the markup of what was not edited; a new text becomes paragraphs."""
    if before and text.strip() == words_of(before).strip():
        return before
    return to_html(text, ContentFormat.TEXT) if text.strip() else ""
