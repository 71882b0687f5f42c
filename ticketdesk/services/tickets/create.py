"""A new ticket, whichever door it comes in by."""

from typing import Any

from sqlmodel import Session, select

from ticketdesk import events
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.errors import NotFound, Unauthenticated
from ticketdesk.ids import new_id
from ticketdesk.models import Chat, Organization, Ticket, User
from ticketdesk.models.enums import TicketActivityType, TicketSource, UserRole
from ticketdesk.services import rich_text, ticket_settings
from ticketdesk.services.sla.refresh import refresh
from ticketdesk.services.tickets import attachments, numbers
from ticketdesk.services.tickets.assign import resolve_assignee
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.touch import settle
from ticketdesk.services.tickets.views import TicketView, ticket_view


def create(
    session: Session,
    actor: Actor,
    command: CreateTicket,
    *,
    source: TicketSource | None = None,
    metadata: dict[str, Any] | None = None,
) -> TicketView:
    """Open a ticket.

    Staff open it for anybody; a customer only for themselves. Public doors (form, mail) come as
    the anonymous actor and name their `source`.

    Args:
        source: the door; what the command says or `MANUAL`, `API`, `PORTAL` by caller otherwise.
        metadata: how it came in: user agent, address, page.

    Raises:
        Unauthenticated: nobody is signed in and no public door is named.
        NotFound: the organization, member or chat is not there.
        Invalid: a value is wrong; `fields` names it.
    """
    _require_door(actor, source)
    _require_organization(session, actor, command.organization_id)
    assignee = resolve_assignee(session, actor, command.assigned_to_id) if actor.is_staff else None
    ticket = _row(session, actor, command)
    ticket.source = source or command.source or _default_source(actor)
    ticket.ticket_metadata = metadata or {}
    if assignee:
        ticket.assigned_to_id, ticket.assigned_at = assignee.id, ticket.created_at
    refresh(session, ticket)
    session.add(ticket)
    session.flush()
    _record(session, actor, ticket, assignee)
    attachments.attach(session, actor, ticket, command.attachment_ids, content=ticket.description)
    settle(session, ticket)
    return ticket_view(ticket, actor)


def _row(session: Session, actor: Actor, command: CreateTicket) -> Ticket:
    settings = ticket_settings.of(session, actor.organization_id)
    requester = _requester(session, actor, command)
    ticket = Ticket(
        id=new_id("ticket"),
        organization_id=actor.organization_id,
        ticket_number=numbers.take(session, actor.organization_id),
        subject=command.subject,
        description=rich_text.stored(command.description, command.description_format),
        description_format=command.description_format,
        description_text=rich_text.to_text(command.description, command.description_format),
        priority=command.priority or settings.embed_config.default_priority,
        category=command.category,
        requester_id=requester.id if requester else None,
        requester_email=_requester_email(actor, command),
        requester_name=actor.name if actor.is_customer else command.requester_name,
        cc=command.cc if actor.is_staff else [],
        origin_chat_id=_origin_chat(session, actor, command.origin_chat_id),
        tags=command.tags if actor.is_staff else [],
        custom_fields=command.custom_fields,
    )
    ticket.last_message_at = ticket.updated_at = ticket.created_at
    return ticket


def _record(session: Session, actor: Actor, ticket: Ticket, assignee: User | None) -> None:
    events.record(
        session,
        actor,
        ticket,
        TicketActivityType.CREATED,
        "created the ticket",
        changes={"status": (None, ticket.status), "priority": (None, ticket.priority)},
    )
    if assignee:
        events.record(
            session,
            actor,
            ticket,
            TicketActivityType.ASSIGNED,
            f"assigned the ticket to {assignee.name}",
            changes={"assignedToId": (None, assignee.id)},
        )


def _require_door(actor: Actor, source: TicketSource | None) -> None:
    if actor.kind is ActorKind.ANONYMOUS and source is not None:
        return
    if actor.role is None:
        raise Unauthenticated("Sign in first.")
    actor.require(UserRole.CUSTOMER)


def _require_organization(session: Session, actor: Actor, reference: str | None) -> None:
    if reference is None or reference == actor.organization_id:
        return
    slug = session.exec(
        select(Organization.slug).where(Organization.id == actor.organization_id)
    ).first()
    if slug != reference:
        raise NotFound("There is no such organization.")


def _default_source(actor: Actor) -> TicketSource:
    if actor.kind is ActorKind.API_KEY:
        return TicketSource.API
    return TicketSource.PORTAL if actor.is_customer else TicketSource.MANUAL


def _requester_email(actor: Actor, command: CreateTicket) -> str:
    return actor.email if actor.is_customer and actor.email else command.requester_email


def _requester(session: Session, actor: Actor, command: CreateTicket) -> User | None:
    """The member behind the address, if there is one; a named one must be of this organization."""
    mine = User.organization_id == actor.organization_id
    if command.requester_id and actor.is_staff:
        user = session.exec(select(User).where(mine, User.id == command.requester_id)).first()
        if user is None:
            message = "There is no such member."
            raise NotFound(message, fields={"requesterId": message})
        return user
    return session.exec(
        select(User).where(mine, User.email == _requester_email(actor, command))
    ).first()


def _origin_chat(session: Session, actor: Actor, chat_id: str | None) -> str | None:
    if chat_id is None:
        return None
    if not actor.is_staff:
        raise NotFound("There is no such chat.")
    found = session.exec(
        select(Chat.id).where(Chat.organization_id == actor.organization_id, Chat.id == chat_id)
    ).first()
    if found is None:
        message = "There is no such chat."
        raise NotFound(message, fields={"originChatId": message})
    return found
