"""The API as its callers meet it: the whole application on a database of its own."""

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from tests.api.callers import Caller, token_of
from tests.support import databases
from tests.support.cast_database import CastDatabase
from tests.support.file_fixtures import configured, folder
from tests.support.outbox_work import work_off
from ticketdesk import unit_of_work
from ticketdesk.services import api_keys

__all__ = ["configured", "folder"]

ORIGIN = "http://localhost:8000"


@pytest.fixture(scope="module")
def _at_its_database(cast_database: CastDatabase) -> Iterator[None]:
    """A file of the API's tests keeps its connections."""
    with databases.pointed_at(cast_database.url):
        yield


@pytest.fixture
def database(cast_database: CastDatabase, _at_its_database: None, redis: object) -> str:
    """A database with the cast alone; yields its address."""
    cast_database.renew()
    return cast_database.url


@pytest.fixture
def nobody(database: str) -> Iterator[TestClient]:
    """A client without a credential."""
    from ticketdesk.api.app import api

    with TestClient(api, base_url=ORIGIN, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def calling(nobody: TestClient, cast) -> Callable[[str], Caller]:
    """`calling("grace")` is a client signed in as her."""
    return lambda name: Caller(nobody, f"Bearer {token_of(cast.people[name])}")


@pytest.fixture
def admin(calling) -> Caller:
    """Ada, acme's admin."""
    return calling("ada")


@pytest.fixture
def agent(calling) -> Caller:
    """Grace, an agent of acme."""
    return calling("grace")


@pytest.fixture
def customer(calling) -> Caller:
    """Jane, a customer of acme."""
    return calling("jane")


@pytest.fixture
def stranger(calling) -> Caller:
    """Bo, the other organization's admin."""
    return calling("bo")


@pytest.fixture
def with_key(nobody: TestClient, cast) -> Callable[..., Caller]:
    """`with_key("read")` is a client with a fresh API key of acme with these scopes."""

    def make(*scopes: str, name: str = "Integration") -> Caller:
        made = unit_of_work.as_actor(cast.ada, api_keys.create, name=name, scopes=list(scopes))
        return Caller(nobody, f"Bearer {made.token}")

    return make


@pytest.fixture
def worked() -> Callable[[], int]:
    """`worked()` does what jobs would do with files by now."""
    return work_off
