"""A long piece of work, a step per transaction, within the time of a lease."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from ticketdesk import clock, outbox, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.errors import TicketDeskError
from ticketdesk.outbox import Promise


def repeat(
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
