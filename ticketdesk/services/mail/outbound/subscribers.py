"""One function per kind of promise: the mail that keeps it, or why there is none."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ticketdesk.adapters.email.mail import MailAddress, OutgoingMail
from ticketdesk.models import Ticket
from ticketdesk.models.enums import ResponseAuthorType, TicketActivityType, TicketStatus
from ticketdesk.outbox import Promise
from ticketdesk.services.mail.compose import Letter
from ticketdesk.services.mail.lines import one_line
from ticketdesk.services.mail.outbound import automatic_answers, files, surveys, to_staff, views
from ticketdesk.services.mail.outbound.automatic_answers import AutomaticAnswers
from ticketdesk.services.mail.outbound.batch import Batch
from ticketdesk.services.mail.outbound.caps import Caps
from ticketdesk.services.mail.outbound.prepared import Prepared

# Moves that matter to a requester. Others are steps of the desk's own work.
_TOLD = frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED, TicketStatus.CANCELLED})


# Kind of notification: the agent's preference and what holds without one.
_PREFERENCES = {
    "mentioned": ("mailOnMention", True),
    "sla": ("mailOnTargets", True),
    "replied": ("mailOnReply", False),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What every subscriber needs besides its promise."""

    batch: Batch
    caps: Caps
    own_addresses: frozenset[str]
    with_reply: set[str]
    answers: AutomaticAnswers


Subscriber = Callable[[Desk, Promise, Ticket, Letter], Prepared]


def created(desk: Desk, promise: Promise, ticket: Ticket, letter: Letter) -> Prepared:
    """The confirmation to the requester; none when a machine wrote, or the address is our own."""
    mail = ticket.ticket_metadata.get("mail")
    if isinstance(mail, dict) and not mail.get("mayAnswer", True):
        return _silent(promise, "created", ticket, "an automatic mail is not answered")
    if silence := _unfit(desk, ticket):
        return _silent(promise, "created", ticket, silence)
    if silence := desk.caps.take(ticket.requester_email, ticket.id):
        return _silent(promise, "created", ticket, silence)
    words = desk.answers.to_new_ticket(ticket.created_at)
    composed = letter.created(views.identity(desk.batch, promise, ticket), words)
    return Prepared(promise, "created", composed, ticket_id=ticket.id)


def response(desk: Desk, promise: Promise, ticket: Ticket, letter: Letter) -> Prepared:
    """A public response of an agent to the requester and CC; nobody else's response is mailed."""
    row = desk.batch.responses.get(promise.payload.get("responseId") or "")
    if row is None:
        return _silent(promise, "response", ticket, "the response is gone")
    if words := desk.answers.to_message(row):
        return _out_of_hours(desk, promise, ticket, letter, words)
    if row.is_internal or row.author_type not in (
        ResponseAuthorType.AGENT,
        ResponseAuthorType.SYSTEM,
    ):
        return _silent(promise, "response", ticket, "it is not for the requester")
    only = str(promise.payload.get("only") or "")
    if not only and (silence := _unfit(desk, ticket)):
        return _silent(promise, "response", ticket, silence, row.id)
    identity = views.identity(desk.batch, promise, ticket)
    carried = files.choose(desk.batch.files.get(row.id, []))
    view = views.response_view(desk.batch, row, ticket, carried)
    if row.author_type == ResponseAuthorType.SYSTEM:
        if silence := desk.caps.take(ticket.requester_email, ticket.id):
            return _silent(promise, "auto_reply", ticket, silence, row.id)
        composed = letter.auto_reply(identity, view)
        return Prepared(promise, "auto_reply", composed, ticket.id, row.id, carried=carried)
    composed = _narrowed(letter.response(identity, view), only)
    return Prepared(
        promise, "response", composed, ticket.id, row.id, is_automatic=False, carried=carried
    )


def _out_of_hours(
    desk: Desk, promise: Promise, ticket: Ticket, letter: Letter, words: str
) -> Prepared:
    """Tell who writes while nobody works when somebody will."""
    kind = automatic_answers.KIND
    if silence := _unfit(desk, ticket) or desk.caps.take(ticket.requester_email, ticket.id):
        return _silent(promise, kind, ticket, silence)
    composed = letter.auto_reply(
        views.identity(desk.batch, promise, ticket), views.automatic(promise.id, words)
    )
    return Prepared(promise, kind, composed, ticket_id=ticket.id)


def status(desk: Desk, promise: Promise, ticket: Ticket, letter: Letter) -> Prepared:
    """Tell the requester an end of the work, unless they made it or a reply came with it."""
    activity = desk.batch.activities.get(promise.payload.get("activityId") or "")
    after = views.status_after(activity) if activity else None
    if activity is None or after not in _TOLD:
        return _silent(promise, "status", ticket, "requesters are not told of this status")
    if ticket.status != after:
        return _silent(promise, "status", ticket, "the status has changed again")
    if activity.performed_by_id and activity.performed_by_id == ticket.requester_id:
        return _silent(promise, "status", ticket, "the requester made the change")
    if activity.id in desk.with_reply:
        return _silent(promise, "status", ticket, "the reply tells it")
    if silence := _unfit(desk, ticket) or desk.caps.take(ticket.requester_email, ticket.id):
        return _silent(promise, "status", ticket, silence)
    composed = letter.status_changed(views.identity(desk.batch, promise, ticket))
    return Prepared(promise, "status", composed, ticket_id=ticket.id)


def assigned(desk: Desk, promise: Promise, ticket: Ticket, letter: Letter) -> Prepared:
    """Tell the agent a ticket was assigned to, unless they took it or lost it meanwhile."""
    activity = desk.batch.activities.get(promise.payload.get("activityId") or "")
    wanted = activity.changes.get("assignedToId", {}).get("after") if activity else None
    agent = desk.batch.users.get(wanted or "")
    if activity is None or agent is None or not agent.is_active:
        return _silent(promise, "assigned", ticket, "there is nobody to tell")
    if ticket.assigned_to_id != agent.id:
        return _silent(promise, "assigned", ticket, "it has been assigned again")
    if activity.performed_by_id == agent.id:
        return _silent(promise, "assigned", ticket, "the agent took it")
    if agent.preferences.get("mailOnAssignment") is False:
        return _silent(promise, "assigned", ticket, "the agent wants no mail for this")
    to = MailAddress(agent.email, one_line(agent.name, 80))
    identity = views.identity(desk.batch, promise, ticket)
    composed = letter.assigned(identity, to, activity.performed_by_name)
    return Prepared(promise, "assigned", composed, ticket_id=ticket.id)


def lost_link(desk: Desk, promise: Promise, ticket: Ticket, letter: Letter) -> Prepared:
    """The tracking link once more, as rarely as any other mail that a stranger can cause."""
    if silence := _unfit(desk, ticket) or desk.caps.take(ticket.requester_email, ticket.id):
        return _silent(promise, "lost_link", ticket, silence)
    composed = letter.lost_link(views.identity(desk.batch, promise, ticket))
    return Prepared(promise, "lost_link", composed, ticket_id=ticket.id)


def notification(desk: Desk, promise: Promise, ticket: Ticket, letter: Letter) -> Prepared:
    """What the bell tells, as a mail: mentions, targets, and replies for who wants them."""
    kind = str(promise.payload.get("kind"))
    agent = desk.batch.users.get(promise.payload.get("userId") or "")
    activity = desk.batch.activities.get(promise.payload.get("activityId") or "")
    if agent is None or activity is None or not agent.is_active:
        return _silent(promise, kind, ticket, "there is nobody to tell")
    preference, default = _PREFERENCES[kind]
    if not agent.preferences.get(preference, default):
        return _silent(promise, kind, ticket, "the agent wants no mail for this")
    identity = views.identity(desk.batch, promise, ticket)
    to = MailAddress(agent.email, one_line(agent.name, 80))
    if kind == "sla":
        due = views.moment(ticket.sla_due_at, agent.timezone)
        late = activity.activity_type == TicketActivityType.SLA_BREACHED
        compose = letter.overdue if late else letter.sla_warning
        return Prepared(promise, kind, compose(identity, to, due), ticket_id=ticket.id)
    row = desk.batch.responses.get(promise.payload.get("responseId") or "")
    if row is None:
        return _silent(promise, kind, ticket, "the message is gone")
    message = views.response_view(desk.batch, row, ticket)
    tell = letter.mentioned if kind == "mentioned" else letter.replied
    composed = tell(identity, to, activity.performed_by_name, message)
    return Prepared(promise, kind, composed, ticket_id=ticket.id)


TABLE: dict[str, Subscriber] = {
    "mail.lost_link": lost_link,
    "mail.ticket_created": created,
    "mail.ticket_response": response,
    "mail.status_changed": status,
    "mail.ticket_assigned": assigned,
    "mail.notification": notification,
    "mail.survey": lambda desk, promise, ticket, letter: surveys.ask(
        desk.batch, promise, ticket, letter, _unfit(desk, ticket), desk.caps
    ),
    "mail.sla_warning": lambda desk, *rest: to_staff.sla_warning(desk.batch, *rest),
    "mail.rule_notice": lambda desk, *rest: to_staff.rule_notice(desk.batch, *rest),
}


def _unfit(desk: Desk, ticket: Ticket) -> str:
    email = ticket.requester_email
    if email.endswith(".invalid"):  # what the public form writes where none has to be given
        return "the requester gave no address"
    if email in desk.own_addresses:
        return "the requester's address is our own"
    known = desk.batch.addresses.get(email)
    requester = desk.batch.users_by_email.get(email)
    if (known and known.undeliverable_at) or (requester and requester.undeliverable_at):
        words = known.words if known and known.words else ""
        return f"{email} is undeliverable {words}".strip()
    return ""


def _narrowed(mail: OutgoingMail, only: str) -> OutgoingMail:
    """The mail for one of its recipients: a repeat must not reach the others twice."""
    if not only:
        return mail
    named = next((a for a in (*mail.to, *mail.cc) if a.email == only), MailAddress(only))
    return replace(mail, to=(named,), cc=(), bcc=())


def _silent(
    promise: Promise, kind: str, ticket: Ticket, silence: str, response_id: str | None = None
) -> Prepared:
    return Prepared(promise, kind, ticket_id=ticket.id, response_id=response_id, silence=silence)
