"""Macros: several changes of a ticket in one click, personal or shared."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import Macro, Organization
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, View
from ticketdesk.services.library import ownership, variables
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.change import TicketChange, apply
from ticketdesk.services.tickets.commands import Name
from ticketdesk.services.tickets.views import TicketView, ticket_view

_MOST = 200


class MacroInput(Command):
    """A title and the change it makes."""

    title: Name
    change: TicketChange
    shared: bool = False


class MacroView(View):
    """A macro in the library; `change` has camelCase keys."""

    id: str
    title: str
    change: dict[str, Any]
    shared: bool
    version: int


def list_all(session: Session, actor: Actor) -> list[MacroView]:
    """Return the caller's and the shared macros by title."""
    query = ownership.visible(Macro, actor).order_by(col(Macro.title), col(Macro.id))
    return [_view(row) for row in session.exec(query.limit(_MOST))]


def create(session: Session, actor: Actor, command: MacroInput) -> MacroView:
    """Add a macro.

    Raises:
        Invalid: it changes nothing, or a text has an unknown variable.
        Conflict: more than 200 macros.
        Forbidden: an agent who is no admin shares it.
    """
    owner = ownership.owner_for(actor, shared=command.shared)
    if len(list_all(session, actor)) >= _MOST:
        raise Conflict(f"At most {_MOST} macros. Delete one first.")
    row = Macro(id=new_id("macro"), organization_id=actor.organization_id, owner_id=owner, title="")
    return _write(session, row, command)


def update(
    session: Session, actor: Actor, row_id: str, command: MacroInput, version: int
) -> MacroView:
    """Change a macro; Stale when somebody changed it meanwhile."""
    row = ownership.changeable(session, actor, Macro, row_id, version)
    row.owner_id = ownership.owner_for(actor, shared=command.shared)
    row.version += 1
    return _write(session, row, command)


def delete(session: Session, actor: Actor, row_id: str) -> None:
    """Remove a macro."""
    session.delete(ownership.changeable(session, actor, Macro, row_id))
    session.flush()


def run(
    session: Session, actor: Actor, row_id: str, reference: str, *, version: int | None = None
) -> TicketView:
    """Make a macro's change on a ticket, all of it or nothing.

    Raises:
        NotFound: the macro, the ticket or a member it names is not there.
        Conflict: the status move is not allowed from where the ticket stands.
        Stale: the ticket changed since `version`.
    """
    actor.require(UserRole.AGENT)
    macro = session.exec(ownership.visible(Macro, actor).where(Macro.id == row_id)).first()
    if macro is None:
        raise NotFound("This macro is not there any more.")
    ticket = access.find(session, actor, reference, lock=True)
    access.require_version(session, ticket, version)
    organization = session.exec(
        select(Organization.name).where(Organization.id == actor.organization_id)
    ).one()
    change = TicketChange.parse(macro.actions[0] if macro.actions else {})
    apply(session, actor, ticket, change, organization=organization)
    return ticket_view(ticket, actor)


def _write(session: Session, row: Macro, command: MacroInput) -> MacroView:
    if not command.change.model_fields_set:
        raise Invalid("Say what the macro does.", fields={"change": "Say what the macro does."})
    for name in ("reply", "note"):
        variables.require_known(getattr(command.change, name) or "", name)
    row.title = command.title
    row.actions = [command.change.model_dump(mode="json", by_alias=True, exclude_unset=True)]
    session.add(row)
    session.flush()
    return _view(row)


def _view(row: Macro) -> MacroView:
    return MacroView(
        id=row.id,
        title=row.title,
        change=row.actions[0] if row.actions else {},
        shared=row.owner_id is None,
        version=row.version,
    )
