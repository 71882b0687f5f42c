"""What a requester says of the help, by the link in the survey's mail alone."""

from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, select

from ticketdesk import clock, events
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.errors import Invalid, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import MailAddress, Organization, Satisfaction, Survey, Ticket
from ticketdesk.models.enums import TicketActivityType
from ticketdesk.services.mail.desk import mail_desk
from ticketdesk.services.mail.languages import choose
from ticketdesk.services.surveys import links

LONGEST = 2000
_WORDS = {
    Satisfaction.GOOD: "is satisfied with the help",
    Satisfaction.BAD: "is not satisfied with the help",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What the page shows: whose ticket it is about, and what was answered before."""

    organization: str
    color: str
    number: int
    language: str
    rating: str
    comment: str


def place(session: Session, token: str) -> tuple[str, str]:
    """(organization, survey) of a link; system role. Raises `NotFound`, always the same."""
    survey_id = links.read(token)
    row = session.get(Survey, survey_id) if survey_id else None
    if row is None:
        raise NotFound("This link leads to no survey.")
    return row.organization_id, row.id


def read(session: Session, actor: Actor, survey_id: str) -> Question:
    """The question; the caller has shown the signed link. Raises `NotFound`."""
    row, ticket = _rows(session, actor, survey_id)
    desk = mail_desk(session, actor.organization_id)
    return Question(
        organization=desk.name,
        color=desk.color,
        number=ticket.ticket_number,
        language=choose(ticket.language, desk.language),
        rating=str(row.rating or ""),
        comment=row.comment,
    )


def rate(session: Session, actor: Actor, survey_id: str, rating: str, comment: str) -> None:
    """Keep the answer; a later one takes its place, the same one again changes nothing.

    Raises `NotFound`, and `Invalid` for an answer that there is not.
    """
    row, ticket = _rows(session, actor, survey_id)
    if rating not in set(Satisfaction):
        raise Invalid("Choose one of the two answers.", fields={"rating": "Choose one."})
    words = comment.strip()[:LONGEST].replace("\x00", "")
    if (row.rating, row.comment) == (rating, words):
        return
    before = str(row.rating) if row.rating else None
    row.rating, row.comment, row.rated_at = Satisfaction(rating), words, clock.now()
    session.add(row)
    session.flush()
    requester = Actor(
        ActorKind.ANONYMOUS,
        row.organization_id,
        ticket.requester_name or ticket.requester_email,
        email=ticket.requester_email,
    )
    said = _WORDS[Satisfaction(rating)]
    events.record(
        session,
        requester,
        ticket,
        TicketActivityType.UPDATED,
        f"{said}: “{words}”" if words else said,
        changes={"satisfaction": (before, rating)},
    )


def stop(session: Session, actor: Actor, survey_id: str) -> None:
    """Ask this reader no more. Raises `NotFound`."""
    row, _ = _rows(session, actor, survey_id)
    now = clock.now()
    session.execute(
        insert(MailAddress)
        .values(
            id=new_id("addr"),
            created_at=now,
            organization_id=row.organization_id,
            email=row.recipient,
            no_surveys_at=now,
        )
        .on_conflict_do_update(
            index_elements=["organization_id", "email"], set_={"no_surveys_at": now}
        )
    )


def _rows(session: Session, actor: Actor, survey_id: str) -> tuple[Survey, Ticket]:
    found = session.exec(
        select(Survey, Ticket)
        .join(Ticket, Ticket.id == Survey.ticket_id)  # type: ignore[arg-type]
        .where(Survey.id == survey_id, Survey.organization_id == actor.organization_id)
        .with_for_update(of=Survey)
    ).first()
    if found is None or session.get(Organization, actor.organization_id) is None:
        raise NotFound("This link leads to no survey.")
    return found[0], found[1]
