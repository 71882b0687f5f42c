"""How a command reaches the database and Redis when they may be embedded."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from ticketdesk import logs, metrics
from ticketdesk.runtime import external
from ticketdesk.runtime.children import ChildrenFile, stop_orphans
from ticketdesk.runtime.embedded import running_addresses, start_embedded
from ticketdesk.runtime.errors import StartError
from ticketdesk.runtime.lock import DataDirLock, is_locked
from ticketdesk.runtime.paths import DataDir
from ticketdesk.runtime.schema_stamp import SchemaStamp
from ticketdesk.runtime.steps import Steps
from ticketdesk.runtime.supervisor import Supervisor
from ticketdesk.settings import Settings, adopt, settings


def connected() -> Settings:
    """Settings with both addresses: given, or of the servers that `ticketdesk run` has up.

    Raises StartError where there are none.
    """
    chosen = settings()
    place = DataDir(chosen.data_dir)
    if chosen.database_url and chosen.redis_url:
        logs.configure(chosen)
        return chosen
    if not is_locked(place.run):
        raise StartError(
            "DATABASE_URL and REDIS_URL: not set, and no `ticketdesk run` is up "
            f"on {chosen.data_dir}"
        )
    found = running_addresses(chosen, place)
    adopt(found)
    logs.configure(found)
    return found


@contextmanager
def services(*, as_it_is: bool = False) -> Iterator[Settings]:
    """Settings with both addresses; embedded servers that are down run for the command's time.

    Args:
        as_it_is: look at the embedded database without bringing it to this version's schema.
    """
    chosen = settings()
    place = DataDir(chosen.data_dir)
    if (chosen.database_url and chosen.redis_url) or is_locked(place.run):
        found = connected()
        external.require_reachable(found)
        yield found
        return
    place.prepare()
    with DataDirLock(place.run):
        stop_orphans(ChildrenFile(place.run), place.root)
        external.require_reachable(chosen)
        with Supervisor(place.root, place.run) as supervisor:
            found = start_embedded(chosen, place, supervisor, Steps(io.StringIO()))
            adopt(found)
            logs.configure(found)
            if not as_it_is:
                bring_schema_in(found)
            yield found


def bring_schema_in(found: Settings) -> None:
    """Let every command work on a data dir that is new, or that an older version ran on."""
    stamp = SchemaStamp(found)
    if not stamp.holds():
        from ticketdesk import migrations

        migrations.migrate()
        stamp.renew()


def serving() -> Settings:
    """As `connected`, for a process that stays: it shares the machine's counters, too."""
    chosen = connected()
    place = DataDir(chosen.data_dir)
    place.prepare()
    metrics.share(place.run / "metrics")
    metrics.forget_dead(place.run / "metrics")
    return chosen
