"""A public submission becomes a ticket, by the same verb as every other ticket."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden, Invalid, NotFound, Unauthenticated
from ticketdesk.models import Ticket
from ticketdesk.models.enums import TicketSource
from ticketdesk.models.wire import View
from ticketdesk.services import idempotency
from ticketdesk.services.embed import limits, pending_files, rules, tracking_links
from ticketdesk.services.embed.commands import SubmitTicket
from ticketdesk.services.embed.fields import CUSTOM
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.services.embed.sentences import say
from ticketdesk.services.sealing import seal, unseal
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

# RFC 2606: no mail can ever reach it. Stands for the address of whoever was allowed to give none.
NO_ADDRESS = "anonymous@no-address.invalid"
_NOBODY = "Anonymous"
_MOST_EXTRA_FIELDS = 50


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a submission came in: client address, user agent, page it was sent from, language."""

    address: str
    user_agent: str = ""
    page: str = ""
    language: str = "en"


class Submitted(View):
    """All that the public learns about a ticket it made (contract.md, REST, Shapes)."""

    id: str
    ticket_number: int
    subject: str
    status: str
    tracking_url: str


def check(form: PublicForm, command: SubmitTicket, language: str) -> None:
    """Refuse what the form would not have let through.

    Raises:
        NotFound: the form is closed; like an organization that does not exist.
        Invalid: `fields` names each problem in the visitor's language.
    """
    if not form.config.enabled:
        raise NotFound("There is no such form.")
    if command.website:
        message = say(language, "spam")
        raise Invalid(message, code="spam_suspected", fields={"website": message})
    answers = command.answers()
    if len(command.custom_fields) > len(form.config.fields) + _MOST_EXTRA_FIELDS:
        raise Invalid(
            say(language, "error.form"), fields={"customFields": say(language, "error.form")}
        )
    wrong = rules.problems(form.config.fields, answers)
    fields = {name: say(language, key, **filling) for name, (key, filling) in wrong.items()}
    if len(command.attachment_ids) > form.config.uploads.max_files:
        count = form.config.uploads.max_files
        fields["attachmentIds"] = say(language, "files.tooMany", count=count)
    if fields:
        raise Invalid(say(language, "error.form"), fields=fields)


def asked_only(form: PublicForm, command: SubmitTicket) -> SubmitTicket:
    """Return a submission without answers to what its sender is not asked.

    These are the fields that only agents see, on which rules may rest, and those whose condition
    does not hold, which nothing has checked. Keys that no field has are kept (contract.md).
    """
    answers, by_name = command.answers(), {field.name: field for field in form.config.fields}
    hidden = {field.key for field in form.settings.embed_config.custom_fields if not field.public}
    hidden |= {
        name.removeprefix(CUSTOM)
        for name, field in by_name.items()
        if name.startswith(CUSTOM) and not rules.is_asked(field, by_name, answers)
    }
    kept = {key: value for key, value in command.custom_fields.items() if key not in hidden}
    return command.model_copy(update={"custom_fields": kept})


def admit(form: PublicForm, command: SubmitTicket, address: str) -> None:
    """Count a submission against the limits of its sender, its mail address and its receiver.

    Raises:
        TooMany: one of them is reached.
        Unavailable: nobody can count at the moment.
    """
    organization_id = form.config.organization_id
    checks = [(limits.SUBMIT_FROM, "submit-from", address)]
    if command.requester_email:
        who = f"{organization_id}:{command.requester_email.strip().lower()}"
        checks.append((limits.SUBMIT_BY, "submit-by", who))
    limits.admit(*checks, (limits.SUBMIT_TO, "submit-to", organization_id))


def require_sender(form: PublicForm, actor: Actor) -> None:
    """Refuse strangers where the organization hears only from people who are signed in.

    Raises:
        Unauthenticated: nobody is signed in.
        Forbidden: signed in elsewhere.
    """
    if form.config.allow_anonymous:
        return
    if actor.role is None:
        raise Unauthenticated(say(form.config.language, "signIn"))
    if actor.organization_id != form.config.organization_id:
        raise Forbidden(say(form.config.language, "signIn"))


def submit(
    session: Session,
    actor: Actor,
    command: SubmitTicket,
    arrival: Arrival,
    *,
    key: str | None = None,
) -> dict[str, Any]:
    """Make the ticket, once per idempotency key.

    The submission has been checked, counted and proven by now; nothing of that is repeated here.

    Args:
        actor: the anonymous visitor, or the customer who is signed in.
        key: the `Idempotency-Key` header.

    Returns:
        The `ticket` object of the API's answer.

    Raises:
        Invalid: a value the ticket itself refuses; `fields` names it.
        Conflict: the key was used with another body.
    """
    body = command.model_dump(mode="json", by_alias=True, exclude={"captcha", "website"})
    answer = idempotency.once(
        session,
        actor,
        idempotency.of_visitor(key, arrival.address),
        "POST /api/embed/tickets/submit",
        body,
        lambda: _sealed(_made(session, actor, command, arrival)),
    )
    return answer | {"trackingUrl": unseal(answer["trackingUrl"])}


def _sealed(made: Submitted) -> dict[str, Any]:
    """The answer as it is kept for repeats: nobody may read the link in it there."""
    return made.wire() | {"trackingUrl": seal(made.tracking_url)}


def _made(session: Session, actor: Actor, command: SubmitTicket, arrival: Arrival) -> Submitted:
    custom = dict(command.custom_fields)
    if command.requester_phone:
        custom["phone"] = command.requester_phone
    files = pending_files.claim(session, actor, command.attachment_ids)
    view = create(
        session,
        actor,
        CreateTicket.parse(
            {
                "requesterName": (command.requester_name or "").strip() or _NOBODY,
                "requesterEmail": (command.requester_email or "").strip() or NO_ADDRESS,
                "subject": command.subject or "",
                "description": command.description or "",
                "priority": command.priority,
                "category": (command.category or "").strip() or None,
                "customFields": custom,
                "attachmentIds": files,
            }
        ),
        source=TicketSource.EMBED,
        metadata={
            "ipAddress": arrival.address,
            "userAgent": arrival.user_agent[:500],
            "page": arrival.page[:2000],
        },
    )
    ticket = session.get_one(Ticket, view.id)
    ticket.language = arrival.language
    session.add(ticket)
    return Submitted(
        id=view.id,
        ticket_number=view.ticket_number,
        subject=view.subject,
        status=view.status,
        tracking_url=tracking_links.url_for(
            session, actor.organization_id, view.id, view.ticket_number
        ),
    )
