"""Files on a database of the test's own, stored in a folder of the test's own."""

from collections.abc import Callable

import pytest

from tests.support.file_fixtures import configured, folder
from tests.support.outbox_work import work_off
from ticketdesk import unit_of_work
from ticketdesk.models import TicketAttachment
from ticketdesk.services.files import doors
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.views import TicketView

__all__ = ["configured", "folder"]


@pytest.fixture
def ticket(database: str, grace) -> TicketView:
    """A ticket of acme's."""
    command = CreateTicket(
        requester_name="Jane",
        requester_email="jane@customer.example",
        subject="Broken",
        description="See the picture.",
    )
    return unit_of_work.as_actor(grace, create, command)


@pytest.fixture
def stored(ticket: TicketView, grace, folder) -> Callable[..., str]:
    """`stored(content, name=…)` attaches a file to the ticket and returns its identifier."""

    def store(content: bytes, name: str = "a.txt", declared: str = "", **options) -> str:
        options.setdefault("ticket_id", ticket.id)

        def take(session, actor) -> str:
            file = doors.take(session, actor, [content], name=name, declared=declared, **options)
            return file.id

        return unit_of_work.as_actor(grace, take)

    return store


@pytest.fixture
def row(cast) -> Callable[[str], TicketAttachment | None]:
    """`row(id)` reads a file's row as it is now."""

    def read(attachment_id: str) -> TicketAttachment | None:
        return unit_of_work.as_system(
            cast.acme, lambda session, _: session.get(TicketAttachment, attachment_id)
        )

    return read


@pytest.fixture
def worked() -> Callable[[], int]:
    """`worked()` does what jobs would do with files by now."""
    return work_off
