"""The embedded servers of one data dir: prepared, started under a supervisor, waited for."""

import json
from dataclasses import replace

from ticketdesk.runtime.paths import DataDir
from ticketdesk.runtime.ports import free_port
from ticketdesk.runtime.postgres import Cluster
from ticketdesk.runtime.redis_server import RedisServer
from ticketdesk.runtime.steps import Steps
from ticketdesk.runtime.supervisor import Supervisor
from ticketdesk.settings import Settings, environment

_SERVER_STARTS_WITHIN = 60.0


def start_embedded(
    chosen: Settings, place: DataDir, supervisor: Supervisor, steps: Steps
) -> Settings:
    """Start those servers that no address was given for.

    Returns the settings with their addresses, which `<data dir>/run/ports.json` keeps for
    commands run beside this one.
    """
    ports = _read_ports(place)
    if chosen.database_url is None:
        cluster = Cluster(
            place.postgres, place.logs / "postgres.log", free_port(ports.get("postgres"))
        )
        with steps.step("PostgreSQL 18") as note:
            if not cluster.exists():
                cluster.create()
                note.add("new cluster")
            cluster.clear_stale_pid_file()
            child = supervisor.add(
                cluster.spec(environment()), before_restart=cluster.clear_stale_pid_file
            )
            supervisor.wait_until(cluster.accepts, child, _SERVER_STARTS_WITHIN, cluster.last_words)
            cluster.ensure_database()
        chosen = replace(chosen, database_url=cluster.url())
        ports["postgres"] = cluster.port
    if chosen.redis_url is None:
        server = RedisServer(place.redis, place.logs / "redis.log", free_port(ports.get("redis")))
        with steps.step("Redis"):
            server.configure()
            child = supervisor.add(server.spec(environment()))
            supervisor.wait_until(server.accepts, child, _SERVER_STARTS_WITHIN, server.last_words)
        chosen = replace(chosen, redis_url=server.url())
        ports["redis"] = server.port
    _write_ports(place, ports)
    return chosen


def running_addresses(chosen: Settings, place: DataDir) -> Settings:
    """The settings with the addresses of the servers that a supervisor runs on this data dir."""
    ports = _read_ports(place)
    if chosen.database_url is None and "postgres" in ports:
        cluster = Cluster(place.postgres, place.logs / "postgres.log", ports["postgres"])
        chosen = replace(chosen, database_url=cluster.url())
    if chosen.redis_url is None and "redis" in ports:
        server = RedisServer(place.redis, place.logs / "redis.log", ports["redis"])
        chosen = replace(chosen, redis_url=server.url())
    return chosen


def _read_ports(place: DataDir) -> dict[str, int]:
    try:
        found = json.loads((place.run / "ports.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        # Torn by a crash: any free ports will do.
        return {}
    return {str(name): int(port) for name, port in found.items()}


def _write_ports(place: DataDir, ports: dict[str, int]) -> None:
    fresh = place.run / "ports.json.new"
    fresh.write_text(json.dumps(ports), encoding="utf-8")
    fresh.replace(place.run / "ports.json")
