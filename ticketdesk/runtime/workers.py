"""Job workers: RQ's, one job after the other in the process, JSON on the wire."""

import logging

import redis
import structlog
from rq import Queue, SimpleWorker
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer

from ticketdesk import counters, logs, telemetry
from ticketdesk.settings import Settings

QUEUES = ("outbox", "default")
_SOCKET_TIMEOUT = 30


class DeskWorker(SimpleWorker):
    """Runs jobs in its own process: the leases in the outbox, not a fork, make a crash harmless.

    Its socket timeout is short, so that a Redis that was killed is noticed within half a minute.
    """

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run one job with its id bound to every log line."""
        name = _short(job)
        with logs.bound(job_id=job.id, job=name), telemetry.span(name, {"job.id": job.id}):
            super().execute_job(job, queue)

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        """Perform one job and count how it went."""
        name = _short(job)
        with counters.JOB_SECONDS.labels(name).time():
            done = super().perform_job(job, queue, execution)
        counters.JOBS.labels(name, "done" if done else "failed").inc()
        return done

    @property
    def dequeue_timeout(self) -> int:
        """Seconds one blocking read lasts: below the socket's own, or it would look like a loss."""
        return _SOCKET_TIMEOUT - 10

    @property
    def connection_timeout(self) -> int:
        """Seconds after which a silent connection counts as lost."""
        return _SOCKET_TIMEOUT


def _short(job: Job) -> str:
    return (job.func_name or "unknown").removeprefix("ticketdesk.jobs.")


def work(chosen: Settings) -> None:
    """Work until SIGINT or SIGTERM; a second signal ends the running job, too."""
    telemetry.start(chosen, "worker")
    logging.getLogger("rq").setLevel(logging.WARNING)
    connection = redis.Redis.from_url(
        chosen.redis_url or "", socket_timeout=_SOCKET_TIMEOUT, health_check_interval=30
    )
    worker = DeskWorker(
        [Queue(name, connection=connection, serializer=JSONSerializer) for name in QUEUES],
        connection=connection,
        serializer=JSONSerializer,
        maintenance_interval=60,
    )
    worker.log_job_description = False
    log = structlog.get_logger(__name__)
    try:
        worker.work(logging_level="WARNING")
    except redis.RedisError as error:
        # RQ gives up when Redis goes away in mid-job; the supervisor starts the next one.
        log.warning("worker_lost_redis", error=str(error))
        raise SystemExit(1) from None
    log.info("worker_stopped")
