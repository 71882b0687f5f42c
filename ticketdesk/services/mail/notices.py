"""Telling whoever has a ticket on screen that something about its mail changed."""

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
