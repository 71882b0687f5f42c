"""What a report tells of the form, of chats and of how satisfied people are."""

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from ticketdesk.models import Chat, Satisfaction, Survey, Ticket
from ticketdesk.services.embed.visits import Funnel
from ticketdesk.services.reports.measures import percent
from ticketdesk.services.reports.query import Scope
from ticketdesk.services.reports.views import ChatFigures, FormFigures, SatisfactionFigures


def form(found: Funnel) -> FormFigures:
    """Return how far visits of the public form got."""
    return FormFigures(
        opened=found.opened,
        started=found.started,
        submitted=found.submitted,
        abandonment_rate=percent(found.started - found.submitted, found.started),
    )


def chats(session: Session, scope: Scope) -> ChatFigures:
    """Return the period's chats, and how many became a ticket."""
    ticket = exists().where(col(Ticket.origin_chat_id) == Chat.id)
    total, converted = session.exec(
        select(func.count(), func.count().filter(ticket)).where(
            Chat.organization_id == scope.organization_id, *scope.inside(col(Chat.created_at))
        )
    ).one()
    return ChatFigures(total=total, converted=converted, conversion_rate=percent(converted, total))


def satisfaction(session: Session, scope: Scope) -> SatisfactionFigures:
    """Return what requesters of the report's tickets said in the period."""
    counts = dict(
        session.exec(
            select(Survey.rating, func.count())
            .join(Ticket, col(Ticket.id) == Survey.ticket_id)
            .where(
                Survey.organization_id == scope.organization_id,
                *scope.inside(col(Survey.rated_at)),
                *scope.tickets(),
            )
            .group_by(Survey.rating)
        ).all()
    )
    good, bad = counts.get(Satisfaction.GOOD, 0), counts.get(Satisfaction.BAD, 0)
    return SatisfactionFigures(good=good, bad=bad, satisfied=percent(good, good + bad))
