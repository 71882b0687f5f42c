"""From filters to SQL: each filter one condition over the tickets table."""

from typing import Any

from sqlalchemy import and_, func, literal, not_, or_
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models import Ticket, TicketAttachment, TicketRead, User
from ticketdesk.models.enums import SlaState, UserRole
from ticketdesk.services.sla import state as sla_state
from ticketdesk.services.tickets.categories import spelled
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.search_language import Search, Term, bounds
from ticketdesk.services.tickets.sought import is_sought


def of_filters(filters: TicketFilters, actor: Actor) -> list[Any]:
    """Return the conditions of the plain filters; tags are looked up by `sought.py`."""
    conditions: list[Any] = []
    for values, column in (
        (filters.status, Ticket.status),
        (filters.priority, Ticket.priority),
        (filters.category, Ticket.category),
        (filters.requester_email, Ticket.requester_email),
        (filters.source, Ticket.source),
    ):
        if values:
            conditions.append(col(column).in_(values))
    if filters.assigned_to_id:
        conditions.append(_assignee(filters.assigned_to_id, actor))
    if filters.sla:
        conditions.append(or_(*(sla_state.condition(state) for state in filters.sla)))
    if filters.created_after:
        conditions.append(col(Ticket.created_at) > filters.created_after)
    if filters.created_before:
        conditions.append(col(Ticket.created_at) < filters.created_before)
    return conditions


def of_search(session: Session, search: Search, actor: Actor) -> list[Any]:
    """Return the conditions of the search language's filters, without what `sought.py` looks up."""
    conditions = []
    for term in search.terms:
        if is_sought(term):
            continue
        condition = _of_term(session, term, actor)
        conditions.append(not_(func.coalesce(condition, False)) if term.negated else condition)
    return conditions


def _of_term(session: Session, term: Term, actor: Actor) -> Any:
    values = list(term.values)
    if term.key == "assignee":
        return _assignee(_members(session, actor, values), actor)
    if term.key == "tag":
        return or_(*(_tagged(tag) for tag in values))
    if term.key == "from":
        return or_(*(_from(value) for value in values))
    if term.key == "category":
        return col(Ticket.category).in_(spelled(session, actor.organization_id, values))
    if term.key == "sla":
        return or_(*(sla_state.condition(SlaState(state)) for state in values))
    if term.key in ("created", "updated"):
        return or_(*(_within(term.key, value) for value in values))
    if term.key == "has":
        return _has_attachment()
    if term.key == "is":
        return or_(*(_is(value, actor) for value in values))
    column = {"status": Ticket.status, "priority": Ticket.priority, "source": Ticket.source}
    return col(column[term.key]).in_([value.upper() for value in values])


def _assignee(values: list[str], actor: Actor) -> Any:
    people = [actor.user_id if value == "me" else value for value in values if value != "none"]
    condition = col(Ticket.assigned_to_id).in_([person for person in people if person])
    return or_(condition, col(Ticket.assigned_to_id).is_(None)) if "none" in values else condition


def _members(session: Session, actor: Actor, values: list[str]) -> list[str]:
    """Return identifiers for members written by name, first name or mail address.

    Raises:
        Invalid: there is no such member.
    """
    found: list[str] = []
    for value in values:
        if value in ("me", "none") or value.startswith("user_"):
            found.append(value)
            continue
        wanted = value.lower()
        name = func.lower(col(User.name))
        ids = session.exec(
            select(User.id).where(
                User.organization_id == actor.organization_id,
                col(User.role) != UserRole.CUSTOMER,
                or_(
                    name == wanted,
                    func.split_part(name, " ", 1) == wanted,
                    col(User.email) == wanted,
                    func.split_part(col(User.email), "@", 1) == wanted,
                ),
            )
        ).all()
        if not ids:
            message = f"There is no member {value}. Write me, none, a name or a mail address."
            raise Invalid(
                message,
                code="search_error",
                fields={"q": message},
                details={"word": f"assignee:{value}"},
            )
        found += ids
    return found


def _tagged(tag: str) -> Any:
    return literal(tag) == func.any(col(Ticket.tags))


def _from(value: str) -> Any:
    email = col(Ticket.requester_email)
    if "@" in value and not value.startswith("@"):
        return email == value
    if value.startswith("@"):
        return func.split_part(email, "@", 2) == value[1:]
    return or_(
        func.strpos(email, value) > 0,
        func.strpos(func.lower(col(Ticket.requester_name)), value) > 0,
    )


def _within(key: str, period: str) -> Any:
    column = col(Ticket.created_at if key == "created" else Ticket.updated_at)
    after, before = bounds(period)
    return and_(*([column >= after] if after else []), *([column < before] if before else []))


def _has_attachment() -> Any:
    return select(TicketAttachment.id).where(TicketAttachment.ticket_id == Ticket.id).exists()


def _is(value: str, actor: Actor) -> Any:
    if value == "unassigned":
        return col(Ticket.assigned_to_id).is_(None)
    seen = select(TicketRead.id).where(
        TicketRead.ticket_id == Ticket.id,
        TicketRead.user_id == actor.user_id,
        TicketRead.read_at >= Ticket.last_message_at,
    )
    return ~seen.exists()
