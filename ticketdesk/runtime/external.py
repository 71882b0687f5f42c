"""Servers that others run: reached before anything is started, or named in one line."""

from contextlib import closing
from urllib.parse import urlsplit

import psycopg
import redis

from ticketdesk.runtime.errors import StartError
from ticketdesk.settings import Settings

OLDEST_POSTGRES = 18
_PATIENCE = 5


def require_reachable(chosen: Settings) -> None:
    """Raise StartError, which names the setting, where a given server does not answer.

    The addresses themselves are never repeated: they carry passwords.
    """
    if chosen.database_url:
        try:
            with psycopg.connect(chosen.database_url, connect_timeout=_PATIENCE) as connection:
                major = connection.info.server_version // 10_000
        except psycopg.Error as error:
            raise StartError(
                f"DATABASE_URL: {_place(chosen.database_url)} does not take us: {_line(error)}"
            ) from error
        if major < OLDEST_POSTGRES:
            raise StartError(
                f"DATABASE_URL: PostgreSQL {OLDEST_POSTGRES} or newer is needed, this is {major}"
            )
    if chosen.redis_url:
        with closing(
            redis.Redis.from_url(
                chosen.redis_url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE
            )
        ) as client:
            try:
                client.ping()
            except redis.RedisError as error:
                raise StartError(
                    f"REDIS_URL: {_place(chosen.redis_url)} does not take us: {_line(error)}"
                ) from error


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or "the server"


def _line(error: Exception) -> str:
    """The line of a driver's message that tells why, without its advice and its addresses."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if "failed: " in line or "FATAL" in line] or lines
    return telling[0].rsplit("failed: ", 1)[-1] if telling else type(error).__name__
