"""The ticking scheduler: queues the cron table's jobs and those whose delay is over.

Any number of machines may run it: the one that holds the leader lock in Redis works, the others
wait. RQ's own CronScheduler knows neither that lock nor the JSON serializer.
"""

import secrets
import signal
import threading
from datetime import UTC, datetime, timedelta

import redis
import structlog
from croniter import croniter
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus
from rq.registry import ScheduledJobRegistry
from rq.serializers import JSONSerializer

from ticketdesk import clock
from ticketdesk.jobs.cron import TABLE, Entry
from ticketdesk.jobs.mailbox_watch import MailboxWatch
from ticketdesk.runtime.workers import QUEUES

LEADER_KEY = "ticketdesk:cron:leader"
LAST_KEY = "ticketdesk:cron:last"
LEASE = timedelta(seconds=10)
_TICK = 1.0
_WAITING = {JobStatus.QUEUED, JobStatus.SCHEDULED, JobStatus.DEFERRED}

# Takes the lock or renews it when it is ours already: one step, so that two never both lead.
_LEAD = """
local holder = redis.call('get', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
return 1
"""
_RESIGN = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end"

log = structlog.get_logger(__name__)


class Ticker:
    """One scheduler over one Redis; `tick` does everything, so that tests need no waiting."""

    def __init__(self, connection: redis.Redis, table: tuple[Entry, ...] = TABLE) -> None:
        self._redis = connection
        self._table = table
        self._token = secrets.token_hex(8)

    def leads(self) -> bool:
        """Take or renew the leadership; False while another scheduler has it."""
        milliseconds = int(LEASE.total_seconds() * 1000)
        return bool(self._redis.eval(_LEAD, 1, LEADER_KEY, self._token, milliseconds))

    def resign(self) -> None:
        """Give the leadership up, so that another machine takes over at once."""
        self._redis.eval(_RESIGN, 1, LEADER_KEY, self._token)

    def tick(self) -> list[str]:
        """Queue what is due now; the names of the table's entries queued."""
        if not self.leads():
            return []
        now = clock.now()
        last = self._redis.hgetall(LAST_KEY)
        queued = []
        for entry in self._table:
            before = last.get(entry.name.encode())
            if _is_due(entry, float(before) if before else None, now):
                self._queue(entry)
                self._redis.hset(LAST_KEY, entry.name, now.timestamp())
                queued.append(entry.name)
        for name in QUEUES:
            self._release_delayed(name)
        return queued

    def _queue(self, entry: Entry) -> None:
        """Queue an entry's job, unless its last one still waits for a worker."""
        job_id = f"cron-{entry.name}"
        queue = Queue(entry.queue, connection=self._redis, serializer=JSONSerializer)
        try:
            job = Job.fetch(job_id, connection=self._redis, serializer=JSONSerializer)
            if job.get_status() in _WAITING and job_id in queue.job_ids:
                return
        except NoSuchJobError:
            log.debug("cron_first_run", entry=entry.name)
        queue.enqueue(
            entry.function,
            job_id=job_id,
            result_ttl=0,
            failure_ttl=3600,
            job_timeout=int(entry.timeout.total_seconds()),
        )

    def _release_delayed(self, name: str) -> None:
        """Move jobs whose time has come into their queue: what RQ's scheduler process does."""
        queue = Queue(name, connection=self._redis, serializer=JSONSerializer)
        registry = ScheduledJobRegistry(queue=queue, serializer=JSONSerializer)
        for job_id in registry.get_jobs_to_schedule():
            try:
                queue.enqueue_job(
                    Job.fetch(job_id, connection=self._redis, serializer=JSONSerializer)
                )
            except NoSuchJobError:
                log.info("delayed_job_is_gone", job_id=job_id)
            registry.remove(job_id)


def _is_due(entry: Entry, last: float | None, now: datetime) -> bool:
    if last is None:
        # A calendar entry waits for its time even on the first day; an interval starts at once.
        return isinstance(entry.every, timedelta) or _hits(entry.every, now)
    before = datetime.fromtimestamp(last, UTC)
    if isinstance(entry.every, timedelta):
        # A clock that was set back must not stop the schedule for as long.
        return now - before >= entry.every or before > now
    return croniter(entry.every, before).get_next(datetime) <= now


def _hits(expression: str, now: datetime) -> bool:
    return bool(croniter.match(expression, now))


def run(connection: redis.Redis) -> None:
    """Tick every second until SIGINT or SIGTERM; Redis may come and go meanwhile."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    ticker = Ticker(connection)
    watch = MailboxWatch()
    away = False
    while not stop.wait(_TICK):
        try:
            if "mailboxes" in ticker.tick():
                watch.tend()
            away = False
        except redis.RedisError as error:
            if not away:
                log.warning("cron_waits_for_redis", error=str(error))
            away = True
    watch.stop()
    if not away:
        ticker.resign()
