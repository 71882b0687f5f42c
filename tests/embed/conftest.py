"""A browserless visitor in front of the API and the public pages."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from tests.embed.tracked import SUBMIT
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.services import ticket_settings
from ticketdesk.web.dispatch import Dispatch

BASE = "http://localhost:8000"


def _desk() -> Dispatch:
    from contextlib import asynccontextmanager

    from ticketdesk.api.app import api
    from ticketdesk.public.app import PREFIXES, public

    @asynccontextmanager
    async def no_lifespan(app: object) -> AsyncIterator[None]:
        yield

    owners = {"/api": api, **dict.fromkeys(PREFIXES, public)}
    return Dispatch(owners, otherwise=public, lifespan=no_lifespan)


@pytest.fixture
async def visitor(database: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client at 203.0.113.7 that follows no redirect by itself."""
    transport = httpx.ASGITransport(app=_desk(), client=("203.0.113.7", 4711))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


@pytest.fixture
async def stranger(database: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody else, at 198.51.100.9."""
    transport = httpx.ASGITransport(app=_desk(), client=("198.51.100.9", 4712))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


@pytest.fixture
def set_form(database: str, ada: Actor) -> Callable[..., None]:
    """Change acme's form: `set_form(requirePhone=True)`; other settings by `_settings={…}`."""

    def change(_settings: dict[str, Any] | None = None, **embed: Any) -> None:
        patch = {"embedConfig": embed} | (_settings or {})
        unit_of_work.as_actor(ada, ticket_settings.change, patch)

    return change


@pytest.fixture
def body() -> dict[str, Any]:
    """The specification's example of a public submission."""
    return {
        "organizationId": "acme",
        "requesterName": "John Doe",
        "requesterEmail": "john@example.com",
        "subject": "Cannot login to my account",
        "description": "I keep getting 'invalid credentials' error...",
        "priority": "MEDIUM",
        "category": "Technical",
        "customFields": {"accountNumber": "12345", "productVersion": "2.1.0"},
    }


@pytest.fixture
async def ticket(visitor: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    """A ticket that came through the form, as its sender is told of it."""
    return (await visitor.post(SUBMIT, json=body)).json()["ticket"]
