"""When recurring jobs run. One literal table: `ticketdesk cron` reads nothing else."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Entry:
    """One recurring job.

    `function` is the dotted path of the entry point, `every` an interval or a crontab expression
    in UTC, `timeout` how long one run may take.
    """

    name: str
    function: str
    every: timedelta | str
    queue: str = "default"
    timeout: timedelta = timedelta(minutes=5)


TABLE: tuple[Entry, ...] = (
    Entry("sweep", "ticketdesk.jobs.sweep.sweep", timedelta(seconds=10), queue="outbox"),
    Entry("forget-outbox", "ticketdesk.jobs.sweep.forget", "17 3 * * *"),
)
