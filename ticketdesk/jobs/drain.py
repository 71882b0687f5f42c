"""One kick drains all due promises of a subscriber, in batches of 100, each organization apart.

A slow organization (its mail server hangs) works on in a thread of its own while the others go
on. Truth and leases live in the outbox rows: a killed worker costs the lease's 45 seconds.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from ticketdesk import clock, outbox, unit_of_work
from ticketdesk.jobs.subscribers import HANDLERS, Handler
from ticketdesk.outbox import Promise

BATCH = 100
PATIENCE = timedelta(seconds=3)
# Leaves time to record before the lease lapses, even if the last hand-over takes its time-out.
WORK = outbox.LEASE - timedelta(seconds=20)

log = structlog.get_logger(__name__)

_pool = ThreadPoolExecutor(max_workers=8, thread_name_prefix="drain")
# One batch at a time per subscriber and organization: slow drawings must not delay its mail.
_busy: dict[tuple[str, str], Future[None]] = {}
_lock = threading.Lock()


def drain(subscriber: str) -> int:
    """Work until nothing is due that could be worked on; return how many promises were taken.

    Unknown subscribers (a newer version's, during an upgrade) are left for whoever knows them.
    """
    handler = HANDLERS.get(subscriber)
    if handler is None:
        log.warning("outbox_subscriber_unknown", subscriber=subscriber)
        return 0
    taken = 0
    while claimed := unit_of_work.across(outbox.claim, subscriber, BATCH):
        taken += len(claimed)
        started = [
            future
            for organization_id, promises in _by_organization(claimed)
            if (future := _start(handler, organization_id, promises))
        ]
        wait(started, timeout=PATIENCE.total_seconds())
    return taken


def _start(handler: Handler, organization_id: str, promises: list[Promise]) -> Future[None] | None:
    key = (promises[0].subscriber, organization_id)
    with _lock:
        running = _busy.get(key)
        if running is None or running.done():
            future = _pool.submit(_work, handler, organization_id, promises)
            _busy[key] = future
            return future
    unit_of_work.across(_release, promises)
    return None


def _work(handler: Handler, organization_id: str, promises: list[Promise]) -> None:
    deadline = clock.now() + WORK
    try:
        handler(organization_id, promises, deadline)
    # The job's last line of defence: whatever a handler could not foresee is logged with its
    # trace, and its promises are failed one by one so that a bad one does not hold up the rest.
    except Exception as error:
        log.exception("outbox_batch_broke", organization_id=organization_id)
        if len(promises) > 1:
            for promise in promises:
                _work(handler, organization_id, [promise])
        else:
            unit_of_work.across(outbox.fail, promises[0], f"{type(error).__name__}: {error}")


def _by_organization(promises: Iterable[Promise]) -> list[tuple[str, list[Promise]]]:
    groups: dict[str, list[Promise]] = defaultdict(list)
    for promise in promises:
        groups[promise.organization_id].append(promise)
    return list(groups.items())


def _release(session: Session, promises: list[Promise]) -> None:
    for promise in promises:
        outbox.release(session, promise, timedelta(seconds=10))


def idle(until: datetime | None = None) -> bool:
    """Whether no batch is being worked on in this process; waits for that up to `until`."""
    with _lock:
        running = [future for future in _busy.values() if not future.done()]
    if running and until is not None:
        wait(running, timeout=max(0.0, (until - clock.now()).total_seconds()))
    return all(future.done() for future in running)
