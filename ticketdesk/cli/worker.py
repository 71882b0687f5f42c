"""`ticketdesk worker`: background jobs."""

from typing import Annotated

import typer

from ticketdesk.cli.connect import serving
from ticketdesk.runtime.commands import add_workers, child_environment
from ticketdesk.runtime.paths import DataDir
from ticketdesk.runtime.supervisor import Supervisor


def worker(
    one: Annotated[bool, typer.Option("--one", help="A single worker in this process.")] = False,
) -> None:
    """Run JOB_WORKERS background workers: mails, webhooks, thumbnails, sweeps.

    Example: JOB_WORKERS=4 DATABASE_URL=… REDIS_URL=… TICKETDESK_SECRET_KEY=… ticketdesk worker
    """
    chosen = serving()
    if one or chosen.job_workers == 1:
        from ticketdesk.runtime import workers

        workers.work(chosen)
        return
    place = DataDir(chosen.data_dir)
    place.prepare()
    with Supervisor(place.root, place.run, record="workers.json") as supervisor:
        add_workers(supervisor, chosen, child_environment(chosen))
        supervisor.run()
