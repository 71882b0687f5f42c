"""Which requesters are asked now: once a ticket, some time after it was resolved."""

from datetime import timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, exists, select

from ticketdesk import clock, outbox
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import Organization, Survey, Ticket
from ticketdesk.models.enums import TicketStatus, UserRole
from ticketdesk.services import ticket_settings

SUBSCRIBER = "mail.survey"
BATCH = 200
# Switched on after a while, it must not ask about everything there ever was.
_LATEST = timedelta(days=7)
_ENDED = (TicketStatus.RESOLVED, TicketStatus.CLOSED)


def organizations(session: Session) -> list[str]:
    """Organizations that ask; system role."""
    hours = Organization.settings["emailConfig"]["answers"]["surveyAfterHours"]  # type: ignore[index]
    query = select(Organization.id).where(hours.astext.is_not(None))
    return list(session.exec(query))


def ask(session: Session, actor: Actor) -> int:
    """Promise the surveys that are due; return how many. Run twice it asks once."""
    actor.require(UserRole.ADMIN)
    hours = ticket_settings.of(session, actor.organization_id).email_config.answers
    if hours.survey_after_hours is None:
        return 0
    until = clock.now() - timedelta(hours=hours.survey_after_hours)
    due = session.exec(
        select(Ticket)
        .where(
            Ticket.organization_id == actor.organization_id,
            col(Ticket.status).in_(_ENDED),
            col(Ticket.resolved_at) <= until,
            col(Ticket.resolved_at) > until - _LATEST,
            col(Ticket.merged_into_id).is_(None),
            ~exists().where(col(Survey.ticket_id) == col(Ticket.id)),
        )
        .order_by(col(Ticket.resolved_at))
        .limit(BATCH)
    ).all()
    return sum(_ask(session, ticket) for ticket in due)


def _ask(session: Session, ticket: Ticket) -> bool:
    row = {
        "id": new_id("survey"),
        "created_at": clock.now(),
        "organization_id": ticket.organization_id,
        "ticket_id": ticket.id,
        "recipient": ticket.requester_email,
        "comment": "",
    }
    added = session.execute(
        insert(Survey)
        .values(row)
        .on_conflict_do_nothing(index_elements=["ticket_id"])
        .returning(Survey.id)
    ).scalar_one_or_none()
    mail = ticket.ticket_metadata.get("mail")
    by_machine = isinstance(mail, dict) and not mail.get("mayAnswer", True)
    # A machine's ticket gets its row, so that it is not looked at again, and no question.
    if added is None or by_machine:
        return False
    payload = {"ticketId": ticket.id, "surveyId": added}
    outbox.put(session, ticket.organization_id, SUBSCRIBER, payload)
    return True
