"""Cheap databases: copies of the template, and this process's settings pointed at them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.support.servers import TEMPLATE
from ticketdesk import db, publisher
from ticketdesk.settings import settings


def address(name: str) -> str:
    """The owner's address of another database on the test server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextmanager
def copy_of_template(name: str) -> Iterator[str]:
    """A fresh copy of the template under `name`, gone afterwards; yields its address."""
    target = sql.Identifier(name)
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                target, sql.Identifier(TEMPLATE)
            )
        )
    yield address(name)
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))


@contextmanager
def pointed_at(database_url: str) -> Iterator[None]:
    """This process and the processes it starts use another database meanwhile."""
    before = os.environ["DATABASE_URL"]
    _switch(database_url)
    try:
        yield
    finally:
        _switch(before)


def _switch(database_url: str) -> None:
    db.dispose()
    os.environ["DATABASE_URL"] = database_url
    settings.cache_clear()


def use_own_places(number: int) -> None:
    """Point this process at its own numbered Redis database and data dir."""
    os.environ["TICKETDESK_DATA_DIR"] = f"{os.environ['TICKETDESK_DATA_DIR']}-{number}"
    parts = urlsplit(os.environ["REDIS_URL"])
    os.environ["REDIS_URL"] = urlunsplit(parts._replace(path=f"/{number}"))
    settings.cache_clear()
    publisher.connection.cache_clear()
