"""Rows → the views that the composer takes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from ticketdesk.models import Ticket, TicketActivity, TicketResponse
from ticketdesk.models.enums import ContentFormat, TicketSource
from ticketdesk.outbox import Promise
from ticketdesk.services import rich_text
from ticketdesk.services.mail.outbound import files
from ticketdesk.services.mail.outbound.batch import Batch
from ticketdesk.services.mail.outbound.files import NOTHING, Carried
from ticketdesk.services.mail.views import MailIdentity, MailResponse, MailTicket
from ticketdesk.settings import settings

_BY_STAFF = frozenset({TicketSource.MANUAL, TicketSource.CHAT})


def ticket_view(batch: Batch, ticket: Ticket, tracking_url: str) -> MailTicket:
    """The ticket for the composer; `requester_verified` decides what a confirmation may carry."""
    assignee = batch.users.get(ticket.assigned_to_id or "")
    requester = batch.users_by_email.get(ticket.requester_email)
    return MailTicket(
        id=ticket.id,
        number=ticket.ticket_number,
        subject=ticket.subject,
        status=ticket.status,
        priority=ticket.priority,
        requester_name=ticket.requester_name,
        requester_email=ticket.requester_email,
        tracking_url=tracking_url,
        view_url=f"{settings().base_url}/app/tickets/{ticket.id}",
        description_html=rich_text.to_html(ticket.description, ticket.description_format),
        description_text=ticket.description_text,
        assignee_name=assignee.name if assignee else "",
        language=ticket.language or (requester.locale if requester else None),
        requester_verified=is_verified(batch, ticket),
    )


def is_verified(batch: Batch, ticket: Ticket) -> bool:
    """Whether what was submitted may go back to the address it names.

    Staff wrote it themselves; a member proved the address; or somebody answered from it to a mail
    that only its reader can have seen.
    """
    if ticket.source in _BY_STAFF:
        return True
    known = batch.addresses.get(ticket.requester_email)
    if known and known.verified_at:
        return True
    requester = batch.users_by_email.get(ticket.requester_email)
    return bool(requester and requester.email_verified_at)


def response_view(
    batch: Batch, row: TicketResponse, ticket: Ticket, carried: Carried = NOTHING
) -> MailResponse:
    """The response for the composer; copies go to whoever is in CC of response and ticket."""
    author = batch.users.get(row.author_id or "")
    signature = author.preferences.get("mailSignature", "") if author else ""
    skip = {ticket.requester_email}
    cc = dict.fromkeys(a for a in (*row.cc, *ticket.cc) if a not in skip)
    bcc = dict.fromkeys(a for a in row.bcc if a not in skip and a not in cc)
    return MailResponse(
        id=row.id,
        html=files.with_inline_images(
            rich_text.for_customers(rich_text.to_html(row.content, row.content_format)), carried
        ),
        text=row.content_text or rich_text.to_text(row.content, row.content_format),
        author_name=row.author_name,
        author_signature=signature if isinstance(signature, str) else "",
        cc=tuple(cc),
        bcc=tuple(bcc),
        by_link=carried.by_link,
    )


def automatic(reference: str, words: str) -> MailResponse:
    """The organization's own automatic words as a message of nobody."""
    html = rich_text.to_html(words, ContentFormat.TEXT)
    return MailResponse(id=reference, html=html, text=words, author_name="")


def identity(batch: Batch, promise: Promise, ticket: Ticket) -> MailIdentity:
    """Which mail it is; its own earlier try is no predecessor."""
    thread = batch.threads.get(ticket.id, ())
    own = f"<{promise.id}."
    return MailIdentity(
        reference=promise.id,
        at=promise.created_at,
        previous=tuple(m for m in thread if not m.startswith(own)),
    )


def moment(at: datetime | None, timezone: str | None) -> str:
    """A moment in the reader's own time, with its zone, so that nobody has to guess."""
    if at is None:
        return ""
    zone = timezone or "UTC"
    local = at.astimezone(ZoneInfo(zone))
    short = f"{local:%Z}"
    # Some zones have no name but an offset such as +03: theirs is told in full.
    return f"{local:%Y-%m-%d %H:%M} {short if short.isalpha() else zone}"


def status_after(activity: TicketActivity) -> str | None:
    """The status that a status activity moved to."""
    value = activity.changes.get("status", {}).get("after")
    return value if isinstance(value, str) else None
