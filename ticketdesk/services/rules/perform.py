"""Carries out actions of rules and escalations on a locked ticket, each with its history row."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import events
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, NotFound, TicketDeskError
from ticketdesk.models import CannedResponse, Organization, Ticket, User
from ticketdesk.models.enums import ContentFormat, TicketActivityType, TicketPriority, TicketStatus
from ticketdesk.services.library import variables
from ticketdesk.services.rules import action as kinds
from ticketdesk.services.rules import assignment, pending, recipients
from ticketdesk.services.tickets.assign import apply_assignment, resolve_assignee
from ticketdesk.services.tickets.changed_words import changed_words
from ticketdesk.services.tickets.messages import add_message
from ticketdesk.services.tickets.status import apply_status
from ticketdesk.services.tickets.update import set_category, set_priority, set_tags
from ticketdesk.services.webhooks import fan_out

_LADDER = list(TicketPriority)


def perform(session: Session, actor: Actor, ticket: Ticket, action: kinds.Action) -> str:
    """Do one thing; return what was wrong in words, or '' when it was done or needed no doing.

    A refusal (a deleted agent, a move that is not allowed) never breaks the change that set the
    rule off: it is written down instead.
    """
    try:
        with session.begin_nested():
            _VERBS[action.type](session, actor, ticket, action)
    except TicketDeskError as refusal:
        session.refresh(ticket)
        return refusal.message
    return ""


def _assign(session: Session, actor: Actor, ticket: Ticket, action: kinds.AssignToAgent) -> None:
    apply_assignment(session, actor, ticket, resolve_assignee(session, actor, action.agent_id))


def _assign_in_turn(
    session: Session, actor: Actor, ticket: Ticket, action: kinds.AssignRoundRobin
) -> None:
    _give(session, actor, ticket, assignment.next_in_turn(session, ticket, _pool(action)))


def _assign_least_loaded(
    session: Session, actor: Actor, ticket: Ticket, action: kinds.AssignLeastLoaded
) -> None:
    _give(session, actor, ticket, assignment.least_loaded(session, ticket, _pool(action)))


def _pool(action: kinds.AssignRoundRobin | kinds.AssignLeastLoaded) -> assignment.Pool:
    return assignment.Pool(tuple(action.agent_ids), action.team_id)


def _give(session: Session, actor: Actor, ticket: Ticket, user: User | None) -> None:
    if user is None:
        raise Conflict("Nobody is available and under their capacity.")
    apply_assignment(session, actor, ticket, user)


def _unassign(session: Session, actor: Actor, ticket: Ticket, action: kinds.Unassign) -> None:
    apply_assignment(session, actor, ticket, None)


def _set_status(session: Session, actor: Actor, ticket: Ticket, action: kinds.SetStatus) -> None:
    apply_status(session, actor, ticket, action.status)


def _close(session: Session, actor: Actor, ticket: Ticket, action: kinds.Close) -> None:
    apply_status(session, actor, ticket, TicketStatus.CLOSED)


def _set_priority(
    session: Session, actor: Actor, ticket: Ticket, action: kinds.SetPriority
) -> None:
    set_priority(session, actor, ticket, action.priority)


def _raise_priority(
    session: Session, actor: Actor, ticket: Ticket, action: kinds.RaisePriority
) -> None:
    rank = _LADDER.index(TicketPriority(ticket.priority))
    set_priority(session, actor, ticket, _LADDER[min(rank + 1, len(_LADDER) - 1)])


def _set_category(
    session: Session, actor: Actor, ticket: Ticket, action: kinds.SetCategory
) -> None:
    set_category(session, actor, ticket, action.category)


def _set_custom_field(
    session: Session, actor: Actor, ticket: Ticket, action: kinds.SetCustomField
) -> None:
    before: dict[str, Any] = dict(ticket.custom_fields)
    merged = before | {action.key: action.value}
    after = {key: value for key, value in merged.items() if value is not None}
    if after == before:
        return
    ticket.custom_fields = after
    changes = {"customFields": (before, after)}
    words = changed_words(session, ticket, changes)
    events.record(session, actor, ticket, TicketActivityType.UPDATED, words, changes=changes)


def _add_tags(session: Session, actor: Actor, ticket: Ticket, action: kinds.AddTags) -> None:
    set_tags(session, actor, ticket, list(dict.fromkeys([*ticket.tags, *action.tags])))


def _remove_tags(session: Session, actor: Actor, ticket: Ticket, action: kinds.RemoveTags) -> None:
    set_tags(session, actor, ticket, [tag for tag in ticket.tags if tag not in action.tags])


def _send_canned(
    session: Session, actor: Actor, ticket: Ticket, action: kinds.SendCannedResponse
) -> None:
    if not pending.may_answer(session, ticket):
        raise Conflict("An automatic mail is not answered automatically.")
    canned = session.exec(
        select(CannedResponse).where(
            CannedResponse.organization_id == ticket.organization_id,
            CannedResponse.id == action.canned_response_id,
            col(CannedResponse.owner_id).is_(None),
        )
    ).first()
    if canned is None:
        raise NotFound("The canned response is gone, or is not shared.")
    _write(session, actor, ticket, canned.content, is_internal=False)


def _add_note(session: Session, actor: Actor, ticket: Ticket, action: kinds.AddNote) -> None:
    _write(session, actor, ticket, action.content, is_internal=True)


def _write(
    session: Session, actor: Actor, ticket: Ticket, content: str, *, is_internal: bool
) -> None:
    name = session.exec(
        select(Organization.name).where(Organization.id == ticket.organization_id)
    ).one()
    values = variables.values_for(ticket, agent=name, organization=name)
    filled = variables.fill(content, variables.escaped(values)).content
    add_message(
        session,
        actor,
        ticket,
        filled,
        content_format=ContentFormat.HTML,
        is_internal=is_internal,
    )


def _notify(session: Session, actor: Actor, ticket: Ticket, action: kinds.Notify) -> None:
    facts = {"message": action.message, "rule": actor.name}
    recipients.promise_mails(session, ticket, "mail.rule_notice", action.to, facts)


def _call_webhook(
    session: Session, actor: Actor, ticket: Ticket, action: kinds.CallWebhook
) -> None:
    if not fan_out.promise_to(session, ticket, action.webhook_id, rule=actor.name):
        raise NotFound("The webhook is gone, or turned off.")


_VERBS: dict[str, Callable[[Session, Actor, Ticket, Any], None]] = {
    "ASSIGN_TO_AGENT": _assign,
    "ASSIGN_ROUND_ROBIN": _assign_in_turn,
    "ASSIGN_LEAST_LOADED": _assign_least_loaded,
    "UNASSIGN": _unassign,
    "SET_STATUS": _set_status,
    "SET_PRIORITY": _set_priority,
    "RAISE_PRIORITY": _raise_priority,
    "SET_CATEGORY": _set_category,
    "SET_CUSTOM_FIELD": _set_custom_field,
    "ADD_TAGS": _add_tags,
    "REMOVE_TAGS": _remove_tags,
    "SEND_CANNED_RESPONSE": _send_canned,
    "ADD_NOTE": _add_note,
    "NOTIFY": _notify,
    "WEBHOOK": _call_webhook,
    "CLOSE": _close,
}
