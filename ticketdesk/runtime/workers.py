"""Job workers: RQ's, one job after the other in the process, JSON on the wire."""

import logging

import redis
import structlog
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from ticketdesk import logs
from ticketdesk.settings import Settings

QUEUES = ("outbox", "default")
_SOCKET_TIMEOUT = 30


class DeskWorker(SimpleWorker):
    """Runs jobs in its own process: the leases in the outbox, not a fork, make a crash harmless.

    Its socket timeout is short, so that a Redis that was killed is noticed within half a minute.
    """

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run one job with its id bound to every log line."""
        with logs.bound(job_id=job.id, job=job.func_name.removeprefix("ticketdesk.jobs.")):
            super().execute_job(job, queue)

    @property
    def dequeue_timeout(self) -> int:
        """Seconds one blocking read lasts: below the socket's own, or it would look like a loss."""
        return _SOCKET_TIMEOUT - 10

    @property
    def connection_timeout(self) -> int:
        """Seconds after which a silent connection counts as lost."""
        return _SOCKET_TIMEOUT


def work(chosen: Settings) -> None:
    """Work until SIGINT or SIGTERM; a second signal ends the running job, too."""
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
    worker.work(logging_level="WARNING")
    structlog.get_logger(__name__).info("worker_stopped")
