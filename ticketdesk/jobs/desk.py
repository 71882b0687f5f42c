"""Long changes of many tickets, a batch per transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from ticketdesk import clock, outbox, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import TicketDeskError
from ticketdesk.outbox import Promise
from ticketdesk.services.people import acting, change
from ticketdesk.services.tickets import bulk, bulk_undo


def bulk_change(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Work through bulk actions, as the member who began each."""
    for promise in promises:
        bulk_id = promise.payload["bulkId"]
        work = bulk_undo.work if promise.payload.get("undo") else bulk.work
        owner = unit_of_work.as_system(organization_id, acting.owner_of_bulk, bulk_id)
        _repeat(organization_id, promise, deadline, owner, partial(work, bulk_id=bulk_id))


def hand_over(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Give the open tickets of a member who left to somebody else."""
    for promise in promises:
        wanted = promise.payload
        admin = unit_of_work.as_system(organization_id, acting.member, wanted["byId"])
        _repeat(
            organization_id,
            promise,
            deadline,
            admin,
            partial(change.hand_over, from_id=wanted["fromId"], to_id=wanted["toId"]),
        )


def _repeat(
    organization_id: str,
    promise: Promise,
    deadline: datetime,
    actor: Actor | None,
    step: Callable[[Session, Actor], bool],
) -> None:
    """Take steps until the work is done or the lease runs out; then the rest waits a second."""
    if actor is None:
        unit_of_work.as_system(organization_id, _give_up, promise, "The member is gone.")
        return
    try:
        done = False
        while not done and clock.now() < deadline:
            done = unit_of_work.as_actor(actor, step)
    except TicketDeskError as error:
        unit_of_work.as_system(organization_id, _give_up, promise, error.message)
        return
    unit_of_work.as_system(organization_id, _finish if done else _go_on, promise)


def _finish(session: Session, actor: Actor, promise: Promise) -> None:
    outbox.finish(session, promise)


def _go_on(session: Session, actor: Actor, promise: Promise) -> None:
    outbox.release(session, promise, timedelta(seconds=1))


def _give_up(session: Session, actor: Actor, promise: Promise, reason: str) -> None:
    outbox.fail(session, promise, reason, final=True)
