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
    Entry("sla-sweep", "ticketdesk.jobs.service_levels.sweep", timedelta(seconds=10)),
    Entry(
        "scheduled-rules",
        "ticketdesk.jobs.rules.run_scheduled",
        timedelta(minutes=1),
    ),
    Entry("forget-rule-runs", "ticketdesk.jobs.rules.forget", "37 3 * * *"),
    Entry("resume-mail", "ticketdesk.jobs.intake.resume", timedelta(seconds=30)),
    Entry("mailboxes", "ticketdesk.jobs.mailboxes.fetch_all", timedelta(minutes=1)),
    Entry("surveys", "ticketdesk.jobs.surveys.ask", timedelta(minutes=5)),
    Entry("digests", "ticketdesk.jobs.digests.promise", timedelta(minutes=15)),
    Entry("forget-outbox", "ticketdesk.jobs.sweep.forget", "17 3 * * *"),
    Entry("forget-visits", "ticketdesk.jobs.door.forget_visits", "47 3 * * *"),
    Entry("forget-links", "ticketdesk.jobs.door.forget_links", "57 3 * * *"),
    Entry(
        "retention",
        "ticketdesk.jobs.privacy.apply_retention",
        "27 0 * * *",
        timeout=timedelta(hours=2),
    ),
    Entry(
        "purge-deleted-tickets",
        "ticketdesk.jobs.privacy.purge_deleted",
        "7 * * * *",
        timeout=timedelta(hours=1),
    ),
    Entry("clean-files", "ticketdesk.jobs.files.clean", "23 * * * *"),
    Entry(
        "stray-files",
        "ticketdesk.jobs.files.remove_strays",
        "41 2 * * *",
        timeout=timedelta(hours=2),
    ),
    Entry(
        "archive-files",
        "ticketdesk.jobs.files.archive",
        "11 1 * * *",
        timeout=timedelta(hours=2),
    ),
)
