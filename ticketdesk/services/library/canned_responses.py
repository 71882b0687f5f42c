"""Canned responses: texts to insert with `/`, personal or shared."""

import re
from typing import Annotated

from pydantic import Field
from sqlmodel import Session, col, func, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import CannedResponse, Organization
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, View
from ticketdesk.services.library import ownership, variables
from ticketdesk.services.rich_text import sanitise
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.commands import Body, Name

_SHORTCUT = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_MOST = 500


class CannedResponseInput(Command):
    """What an agent writes; `content` is HTML of the editor, with variables in it."""

    title: Name
    shortcut: str
    content: Body
    folder: Annotated[str, Field(max_length=100)] = ""
    shared: bool = False


class CannedResponseView(View):
    """A canned response in the library."""

    id: str
    title: str
    shortcut: str
    folder: str
    content: str
    shared: bool
    version: int


def list_all(session: Session, actor: Actor, words: str = "") -> list[CannedResponseView]:
    """Return the caller's and the shared ones whose title or shortcut holds the words."""
    query = ownership.visible(CannedResponse, actor)
    if words.strip():
        wanted = words.strip().lower()
        query = query.where(
            (func.strpos(func.lower(CannedResponse.title), wanted) > 0)
            | (func.strpos(CannedResponse.shortcut, wanted) > 0)
        )
    ordered = query.order_by(col(CannedResponse.folder), col(CannedResponse.title)).limit(_MOST)
    return [_view(row) for row in session.exec(ordered)]


def create(session: Session, actor: Actor, command: CannedResponseInput) -> CannedResponseView:
    """Add one.

    Raises:
        Invalid: an unknown variable, or a shortcut that cannot be typed.
        Conflict: the shortcut is taken.
        Forbidden: an agent who is no admin shares it.
    """
    row = CannedResponse(
        id=new_id("canned"),
        organization_id=actor.organization_id,
        owner_id=ownership.owner_for(actor, shared=command.shared),
        title=command.title,
        shortcut="",
        content="",
    )
    return _write(session, row, command)


def update(
    session: Session, actor: Actor, row_id: str, command: CannedResponseInput, version: int
) -> CannedResponseView:
    """Change one; the same refusals as `create`, and Stale when it changed meanwhile."""
    row = ownership.changeable(session, actor, CannedResponse, row_id, version)
    row.owner_id = ownership.owner_for(actor, shared=command.shared)
    row.version += 1
    return _write(session, row, command)


def delete(session: Session, actor: Actor, row_id: str) -> None:
    """Remove one."""
    session.delete(ownership.changeable(session, actor, CannedResponse, row_id))
    session.flush()


def insert(session: Session, actor: Actor, row_id: str, reference: str) -> variables.Filled:
    """Return a canned response filled for a ticket and the caller.

    Raises:
        NotFound: the response or the ticket is not there.
    """
    actor.require(UserRole.AGENT, writes=False)
    content = content_of(session, actor, row_id)
    ticket = access.find(session, actor, reference)
    organization = session.exec(
        select(Organization.name).where(Organization.id == actor.organization_id)
    ).one()
    values = variables.values_for(ticket, agent=actor.name, organization=organization)
    return variables.fill(content, variables.escaped(values))


def content_of(session: Session, actor: Actor, row_id: str) -> str:
    """Return the text of a canned response, HTML, with its variables as they stand.

    Raises:
        NotFound: it is not there, or another's own.
    """
    actor.require(UserRole.AGENT, writes=False)
    row = session.exec(
        ownership.visible(CannedResponse, actor).where(CannedResponse.id == row_id)
    ).first()
    if row is None:
        raise NotFound("This canned response is not there any more.")
    return row.content


def _write(
    session: Session, row: CannedResponse, command: CannedResponseInput
) -> CannedResponseView:
    shortcut = command.shortcut.strip().lower().lstrip("/")
    if not _SHORTCUT.fullmatch(shortcut):
        message = "A shortcut has small letters, digits, - and _, at most 40."
        raise Invalid(message, fields={"shortcut": message})
    variables.require_known(command.content)
    taken = session.exec(
        select(CannedResponse.id).where(
            CannedResponse.organization_id == row.organization_id,
            CannedResponse.shortcut == shortcut,
            CannedResponse.id != row.id,
            col(CannedResponse.owner_id).is_not_distinct_from(row.owner_id),
        )
    ).first()
    if taken:
        raise Conflict(f"/{shortcut} is taken.", fields={"shortcut": "This shortcut is taken."})
    row.title, row.shortcut, row.folder = command.title, shortcut, command.folder.strip()
    row.content = sanitise(command.content)
    session.add(row)
    session.flush()
    return _view(row)


def _view(row: CannedResponse) -> CannedResponseView:
    return CannedResponseView(
        id=row.id,
        title=row.title,
        shortcut=row.shortcut,
        folder=row.folder,
        content=row.content,
        shared=row.owner_id is None,
        version=row.version,
    )
