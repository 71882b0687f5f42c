"""Erasing persons, and letting go what is kept for long enough."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlmodel import Session

from ticketdesk import unit_of_work
from ticketdesk.actor import Actor, system_actor
from ticketdesk.jobs.steps import repeat
from ticketdesk.outbox import Promise
from ticketdesk.services.deleted import purge
from ticketdesk.services.privacy import erase, retention

_STEPS: tuple[Callable[[Session, Actor], bool], ...] = (
    retention.delete_closed_tickets,
    retention.delete_original_mails,
    retention.delete_audit_entries,
)


def erase_person(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Replace what the desk holds of persons, a batch per transaction."""
    for promise in promises:
        step = partial(erase.work, erasure_id=promise.payload["erasureId"])
        repeat(organization_id, promise, deadline, system_actor(organization_id), step)


def apply_retention() -> int:
    """Delete what every organization has kept for long enough (cron); return the batches."""
    batches = 0
    for organization_id in unit_of_work.across(retention.organizations):
        for step in _STEPS:
            done = False
            while not done:
                done = unit_of_work.as_system(organization_id, step)
                batches += 1
    return batches


def purge_deleted() -> int:
    """Let the deleted tickets of every organization go whose time is over; return the batches."""
    batches = 0
    for organization_id in unit_of_work.across(purge.organizations):
        done = False
        while not done:
            done = unit_of_work.as_system(organization_id, purge.purge_due)
            batches += 1
    return batches
