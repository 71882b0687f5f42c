"""Customers on their way into the portal, as the tests of it share them."""

import httpx
import pytest
from sqlmodel import Session, col, select

from tests.api.callers import token_of
from tests.embed.conftest import visitor
from ticketdesk import unit_of_work
from ticketdesk.models import OutboxEvent, User
from ticketdesk.services.sealing import unseal
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

__all__ = ["OURS", "change_user", "links_sent", "signed_in", "ticket", "visitor"]

OURS = {"Origin": "http://localhost:8000"}


@pytest.fixture
def ticket(database: str, jane):
    """A ticket of Jane's."""
    command = CreateTicket(
        requester_name="Jane",
        requester_email="jane@customer.example",
        subject="My lamp",
        description="It is dark.",
    )
    return unit_of_work.as_actor(jane, create, command)


@pytest.fixture
def signed_in(visitor: httpx.AsyncClient):
    """`signed_in(actor)` carries their cookie from now on."""

    def carry(actor) -> httpx.AsyncClient:
        visitor.cookies.set("ticketdesk_session", token_of(actor))
        return visitor

    return carry


def links_sent() -> list[str]:
    def read(session: Session) -> list[str]:
        rows = session.exec(
            select(OutboxEvent.payload).where(col(OutboxEvent.subscriber) == "mail.portal_link")
        ).all()
        return [unseal(row["sealedToken"]) for row in rows]

    return unit_of_work.across(read)


def change_user(email: str, **values: object) -> None:
    def change(session: Session) -> None:
        user = session.exec(select(User).where(User.email == email)).one()
        for name, value in values.items():
            setattr(user, name, value)
        session.add(user)

    unit_of_work.across(change)
