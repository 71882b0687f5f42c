"""Brings a ticket's due times up to date after any change that moves them."""

from datetime import datetime

from sqlalchemy import inspect
from sqlmodel import Session, select

from ticketdesk import clock
from ticketdesk.models import SlaEvent, Ticket, TicketResponse
from ticketdesk.models.enums import ResponseAuthorType, SlaState
from ticketdesk.models.status import ENDED, WAITING
from ticketdesk.services.sla import targets
from ticketdesk.services.sla.moments import Moment, moments_of
from ticketdesk.services.sla.policies import by_conditions, policy_for
from ticketdesk.services.sla.targets import Running

_CUSTOMER = (ResponseAuthorType.CUSTOMER, ResponseAuthorType.EMAIL)
_CAN_PAUSE = WAITING | ENDED


def refresh(session: Session, ticket: Ticket) -> list[Running]:
    """Recompute targets, state and the moment the sweeper must look at the ticket next.

    Called by every verb that changes status, priority or messages, in its transaction. Everything
    is counted from the creation with the same pauses, so that it does not matter in which order
    priority, policy and status changed.
    """
    running = recount(session, ticket)
    ticket.next_sla_event_at = _next_event(session, ticket, running, clock.now())
    return running


def recount(session: Session, ticket: Ticket) -> list[Running]:
    """Recompute targets and state alone, for whoever sets the next moment afterwards."""
    now = clock.now()
    _keep_pauses(ticket, now)
    policy = policy_for(session, ticket)
    ticket.sla_policy_id = policy.id
    running = targets.of(ticket, policy)
    _write_due_times(ticket, running, now)
    return running


def reconsider(session: Session, ticket: Ticket) -> None:
    """Look whether a change of other facts brings a ticket under another policy.

    Called at the end of every change; costs nothing where no policy has conditions.
    """
    if by_conditions(session, ticket.organization_id):
        refresh(session, ticket)


def message_added(session: Session, ticket: Ticket, response: TicketResponse) -> None:
    """Start or stop the response targets after a message of a locked ticket.

    Only a public response of an agent answers; a note or an automatic answer does not.
    """
    if response.is_internal:
        return
    if response.author_type == ResponseAuthorType.AGENT:
        if ticket.first_response_at is not None and ticket.next_response_since is None:
            return
        ticket.first_response_at = ticket.first_response_at or response.created_at
        ticket.next_response_since = None
    elif response.author_type in _CUSTOMER:
        if ticket.first_response_at is None or ticket.next_response_since is not None:
            return
        ticket.next_response_since = response.created_at
    else:
        return
    refresh(session, ticket)


def _keep_pauses(ticket: Ticket, now: datetime) -> None:
    """Close the stay that is over and open the one that began."""
    stays = [dict(stay) for stay in ticket.sla_pauses]
    last = stays[-1] if stays and stays[-1]["to"] is None else None
    if last and last["status"] == ticket.status:
        return
    if last:
        last["to"] = now.isoformat()
    if ticket.status in _CAN_PAUSE:
        stays.append({"status": str(ticket.status), "from": now.isoformat(), "to": None})
    ticket.sla_pauses = stays


def _write_due_times(ticket: Ticket, running: list[Running], now: datetime) -> None:
    due = {target.kind: target.due for target in running}
    ticket.first_response_sla = due.get("FIRST_RESPONSE")
    ticket.next_response_sla = due.get("NEXT_RESPONSE")
    resolution = next((target for target in running if target.kind == "RESOLUTION"), None)
    ticket.resolution_sla = resolution.due if resolution and resolution.is_running else None
    ahead = [target for target in running if target.is_running]
    ticket.sla_due_at = min((t.due for t in ahead if t.due), default=None)
    ticket.sla_warn_at = min((t.warn_at for t in ahead if t.warn_at), default=None)
    ticket.sla_state = overall(ticket, running, now)


def overall(ticket: Ticket, running: list[Running], now: datetime) -> SlaState:
    """Return the ticket's state: the worst of what is not over yet."""
    resolution = next((target for target in running if target.kind == "RESOLUTION"), None)
    if ticket.status in ENDED:
        return resolution.state(now) if resolution else SlaState.MET
    states = [target.state(now) for target in running if target.stopped_at is None]
    for state in (SlaState.BREACHED, SlaState.DUE_SOON, SlaState.OK, SlaState.PAUSED):
        if state in states:
            return state
    return SlaState.MET if running else SlaState.OK


def _next_event(
    session: Session, ticket: Ticket, running: list[Running], now: datetime
) -> datetime | None:
    ahead = [moment for target in running if target.is_running for moment in moments_of(target)]
    late = [moment for moment in ahead if moment.at <= now]
    future = min((moment.at for moment in ahead if moment.at > now), default=None)
    known = told(session, ticket) if late else set()
    untold = (moment.at for moment in late if moment.key not in known)
    return min(untold, default=future)


def told(session: Session, ticket: Ticket) -> set[tuple[str, str, str, str]]:
    """Return the keys of the warnings, breaches and escalations that have happened."""
    if inspect(ticket).key is None:
        return set()
    rows = session.exec(
        select(SlaEvent.target, SlaEvent.occurrence, SlaEvent.kind, SlaEvent.step).where(
            SlaEvent.ticket_id == ticket.id
        )
    )
    return {Moment.key_of(*row) for row in rows}
