"""A database with the demo in it and nothing else, made once."""

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import text
from sqlmodel import Session

from tests.conftest import NOON
from tests.support import databases
from ticketdesk import db
from ticketdesk.demo.seed import seed


@pytest.fixture(scope="package")
def _demo_database(_own_databases: None, worker_id: str) -> Iterator[str]:
    with databases.copy_of_template(f"demo_{worker_id}") as url, databases.pointed_at(url):
        with db.system_session() as session:
            session.execute(text("DELETE FROM organizations"))
            session.commit()
        with time_machine.travel(NOON, tick=False):
            assert seed()
        yield url


@pytest.fixture
def demo(_demo_database: str, clock) -> Iterator[Session]:
    """A session across both organizations of a demo made now, at noon of a Monday."""
    with databases.pointed_at(_demo_database), db.system_session() as session:
        yield session
