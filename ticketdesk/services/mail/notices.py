"""Telling whoever looks at it that something about mail changed; identifiers only."""

from sqlmodel import Session

from ticketdesk import realtime_events


def announce(session: Session, organization_id: str, ticket_id: str | None) -> None:
    """Publish, after the commit, that the mail of a ticket changed; identifiers only."""
    if ticket_id is None:
        return
    channels = (f"ticket:{organization_id}", f"ticket:{ticket_id}")
    realtime_events.collect(
        session,
        realtime_events.RealtimeEvent(
            "ticket:updated", organization_id, ticket_id, channels, {"changed": ["mail"]}
        ),
    )


def tell_asker(session: Session, organization_id: str, user_id: object) -> None:
    """Publish, after the commit, that what an admin let try has a result; nothing of it."""
    if not isinstance(user_id, str) or not user_id:
        return
    realtime_events.collect(
        session,
        realtime_events.RealtimeEvent("mail:tried", organization_id, None, (f"agent:{user_id}",)),
    )
