"""Mails a second: one kick that drains the outbox in batches, against one RQ job per mail.

Both compose, hand over to the console provider and record the same mails; RQ runs the jobs of both,
with its usual forking worker for the one and ours for the other.
"""

import logging
from collections.abc import Iterable
from time import perf_counter

import structlog
from rq import Queue, SimpleWorker, Worker
from rq.serializers import JSONSerializer
from sqlalchemy import delete
from sqlmodel import Session, col, select

from bench.callers import agent
from bench.installation import Installation, Sized
from bench.results import Result, at_least
from ticketdesk import clock, db, outbox, publisher, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.jobs import mail
from ticketdesk.models import OutboxEvent, TicketResponse
from ticketdesk.outbox import LEASE

SUBSCRIBER = "mail.ticket_response"
DRAINED, SINGLE = 1000, 200
_QUEUE = "bench"


def run(installation: Installation) -> Iterable[Result]:
    """Drain a thousand, then send two hundred by jobs of their own."""
    sized = next(reversed(installation.sizes.values()))
    installation.use(sized.database)
    logging.getLogger("rq").setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    # What the other benchmarks left waiting would be drained, too.
    unit_of_work.across(_forget_all)
    _promise(sized, 100)
    _work("ticketdesk.jobs.drain.drain", [(SUBSCRIBER,)], SimpleWorker)
    _promise(sized, DRAINED)
    drained = DRAINED / _work("ticketdesk.jobs.drain.drain", [(SUBSCRIBER,)], SimpleWorker)
    rates = {}
    for worker in (Worker, SimpleWorker):
        ids = _promise(sized, SINGLE)
        calls = [(sized.organization_id, one) for one in ids]
        rates[worker] = SINGLE / _work("bench.outbox.send_one", calls, worker)
    yield Result("mails drained from the outbox", drained, "per s")
    yield Result("mails by one RQ job each, forking worker", rates[Worker], "per s")
    yield Result("mails by one RQ job each, worker without forks", rates[SimpleWorker], "per s")
    yield at_least("outbox against one RQ job per mail", drained / rates[Worker], 5, "times")


def send_one(organization_id: str, outbox_id: str) -> None:
    """Send one promised mail: what a queue without an outbox would run for each."""
    for role in (db.APP_ROLE, db.SYSTEM_ROLE):
        # A forked child must not speak on its parent's connections.
        db.engine(role).dispose(close=False)
    promise = unit_of_work.across(_claim_one, outbox_id)
    mail.hand_over(organization_id, [promise], clock.now() + LEASE)


def _work(function: str, calls: list[tuple[str, ...]], worker: type[Worker]) -> float:
    """Queue a job per call and return the seconds until a burst of work has done them all."""
    connection = publisher.connection()
    queue = Queue(_QUEUE, connection=connection, serializer=JSONSerializer)
    queue.empty()
    for call in calls:
        queue.enqueue(function, *call, result_ttl=0)
    began = perf_counter()
    worker([queue], connection=connection, serializer=JSONSerializer).work(
        burst=True, logging_level="ERROR"
    )
    return perf_counter() - began


def _promise(sized: Sized, count: int) -> list[str]:
    return unit_of_work.as_actor(agent(sized), _put, count)


def _put(session: Session, actor: Actor, count: int) -> list[str]:
    newest = session.exec(
        select(TicketResponse.id, TicketResponse.ticket_id)
        .where(TicketResponse.organization_id == actor.organization_id)
        .order_by(col(TicketResponse.created_at).desc())
        .limit(count)
    ).all()
    ids = [
        outbox.put(
            session, actor.organization_id, SUBSCRIBER, {"ticketId": ticket, "responseId": response}
        )
        for response, ticket in newest
    ]
    session.flush()
    session.info.pop("kicks")
    return ids


def _claim_one(session: Session, outbox_id: str) -> outbox.Promise:
    (promise,) = outbox.claim(session, SUBSCRIBER, 1)
    return promise


def _forget_all(session: Session) -> None:
    session.execute(delete(OutboxEvent))
