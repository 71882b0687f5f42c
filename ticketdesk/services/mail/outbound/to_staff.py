"""Mails that service levels and rules ask for: one promise, one recipient."""

from datetime import datetime

from ticketdesk.adapters.email.mail import MailAddress
from ticketdesk.models import Ticket
from ticketdesk.outbox import Promise
from ticketdesk.services.mail.compose import Letter
from ticketdesk.services.mail.lines import one_line
from ticketdesk.services.mail.outbound import views
from ticketdesk.services.mail.outbound.batch import Batch
from ticketdesk.services.mail.outbound.prepared import Prepared


def sla_warning(batch: Batch, promise: Promise, ticket: Ticket, letter: Letter) -> Prepared:
    """Tell one agent of a target that is near or missed; none once it has been met."""
    payload = promise.payload
    due = datetime.fromisoformat(payload["dueAt"]) if payload.get("dueAt") else None
    if due is None or not _still_runs(ticket, payload["target"]):
        silence = "the target no longer runs"
        return Prepared(promise, "sla", ticket_id=ticket.id, silence=silence)
    write = letter.sla_missed if payload["kind"] == "BREACHED" else letter.sla_warning
    composed = write(
        views.identity(batch, promise, ticket),
        _to(promise),
        views.moment(due, payload.get("timezone")),
    )
    return Prepared(promise, "sla", composed, ticket_id=ticket.id)


def rule_notice(batch: Batch, promise: Promise, ticket: Ticket, letter: Letter) -> Prepared:
    """Tell one person that a rule asks them to look at a ticket."""
    identity = views.identity(batch, promise, ticket)
    payload = promise.payload
    composed = letter.notice(identity, _to(promise), payload["rule"], payload["message"])
    return Prepared(promise, "notice", composed, ticket_id=ticket.id)


def _to(promise: Promise) -> MailAddress:
    return MailAddress(promise.payload["to"], one_line(promise.payload.get("name", ""), 80))


def _still_runs(ticket: Ticket, target: str) -> bool:
    due = {
        "FIRST_RESPONSE": ticket.first_response_at is None,
        "NEXT_RESPONSE": ticket.next_response_sla is not None,
        "RESOLUTION": ticket.resolution_sla is not None,
    }
    return due.get(target, False)
