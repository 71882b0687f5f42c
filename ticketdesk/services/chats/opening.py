"""When somebody is there to chat: the organization's switch and its business hours."""

from datetime import timedelta

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.models import Chat, ChatMessage
from ticketdesk.models.enums import ChatRole
from ticketdesk.models.ticket_settings import TicketSettings
from ticketdesk.services.sla.calendar import calendar_of
from ticketdesk.services.sla.clock import elapsed

_STILL_HERE = timedelta(minutes=30)
_A_MOMENT = timedelta(seconds=1)


def is_away(settings: TicketSettings) -> bool:
    """Whether nobody is there just now: by the switch, or by the business hours."""
    if settings.chat.away:
        return True
    hours = settings.sla_config.business_hours
    if not settings.chat.follow_hours or hours is None:
        return False
    now = clock.now()
    return not elapsed(now, now + _A_MOMENT, calendar_of(hours))


def is_left_alone(session: Session, chat: Chat, settings: TicketSettings) -> bool:
    """Whether nobody would answer in a chat: nobody is there, and no agent wrote just now.

    An agent who works late can be answered all the same.
    """
    if not is_away(settings):
        return False
    since = clock.now() - _STILL_HERE
    wrote = session.exec(
        select(ChatMessage.id)
        .where(
            ChatMessage.chat_id == chat.id,
            ChatMessage.created_at >= since,
            col(ChatMessage.role) == ChatRole.AGENT,
        )
        .limit(1)
    ).first()
    return wrote is None
