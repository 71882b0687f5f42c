"""Ticket numbers: per organization, from 1001, without doubles and without gaps."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from ticketdesk import unit_of_work
from ticketdesk.errors import NotFound
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

BODY = {
    "requesterName": "John Doe",
    "requesterEmail": "john@example.com",
    "subject": "Cannot log in",
    "description": "Since today.",
}


def test_fifty_at_once_get_fifty_numbers_in_a_row(database, grace) -> None:
    command = CreateTicket.parse(BODY)

    with ThreadPoolExecutor(50) as pool:
        made = list(pool.map(lambda _: unit_of_work.as_actor(grace, create, command), range(50)))

    assert sorted(ticket.ticket_number for ticket in made) == list(range(1001, 1051))


def test_a_failed_create_leaves_no_gap(database, grace) -> None:
    with pytest.raises(NotFound):
        unit_of_work.as_actor(
            grace, create, CreateTicket.parse(BODY | {"attachmentIds": ["file_missing"]})
        )

    made = unit_of_work.as_actor(grace, create, CreateTicket.parse(BODY))

    assert made.ticket_number == 1001


def test_every_organization_counts_for_itself(database, grace, bo) -> None:
    first = unit_of_work.as_actor(grace, create, CreateTicket.parse(BODY))
    other = unit_of_work.as_actor(bo, create, CreateTicket.parse(BODY))

    assert (first.ticket_number, other.ticket_number) == (1001, 1001)
