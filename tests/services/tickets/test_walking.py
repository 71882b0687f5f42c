"""Pages of a search: the same tickets in the same order, walked or given by the index."""

import pytest
from sqlmodel import Session

from tests.api.test_listing import counted
from tests.services.tickets.threads import ticket, write
from ticketdesk.actor import Actor
from ticketdesk.services.tickets import walking
from ticketdesk.services.tickets.delete import delete
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.listing import list_tickets

PRIORITIES = ("LOW", "HIGH", "MEDIUM", "CRITICAL", "HIGH", "LOW", "URGENT")
ORDERS = ("createdAt", "-createdAt", "updatedAt", "-updatedAt", "priority", "-priority", "status",
          "-status", "sla", "-sla")  # fmt: skip


@pytest.fixture
def lamps(session: Session, grace: Actor, clock) -> list[str]:
    """Seven tickets about lamps, two of them by their messages only, and as many about others."""
    found = []
    for number, priority in enumerate(PRIORITIES):
        for subject in (f"Lamp {number}", f"Door {number}"):
            clock.shift(60)
            made = ticket(session, grace, subject=subject, priority=priority)
            if subject == "Door 2":
                write(session, grace, made.id, "The lamp above it is broken, too.")
            if subject == "Door 4":
                write(session, grace, made.id, "Ask for the lamp.", isInternal=True)
                write(session, grace, made.id, "And for another lamp.")
            if "Lamp" in subject or subject in ("Door 2", "Door 4"):
                found.append(made.id)
    return found


@pytest.fixture
def by_all_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two hits among three rows be common, so that some pages are filled by looking further."""
    monkeypatch.setattr(walking, "_STRETCH", 3)
    monkeypatch.setattr(walking, "_COMMON", 2)


@pytest.fixture
def by_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the walk be so short that the index must be asked."""
    monkeypatch.setattr(walking, "_STRETCH", 1)


def _pages(session: Session, actor: Actor, **filters: object) -> list[str]:
    ids: list[str] = []
    cursor = None
    while True:
        page = list_tickets(session, actor, TicketFilters.parse(filters), cursor=cursor, limit=2)
        ids += [found.id for found in page.tickets]
        cursor = page.next_cursor
        if cursor is None:
            return ids


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.usefixtures("by_index")
def test_the_index_gives_the_pages_in_the_order_of_the_list(session, grace, lamps, sort) -> None:
    everything = list_tickets(session, grace, TicketFilters.parse({"sort": sort}), limit=100)
    in_order = [found.id for found in everything.tickets if found.id in lamps]

    assert len(in_order) == 9
    assert _pages(session, grace, q="lamp", sort=sort) == in_order


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.usefixtures("by_all_ways")
def test_looking_further_gives_the_pages_in_the_same_order(session, grace, lamps, sort) -> None:
    everything = list_tickets(session, grace, TicketFilters.parse({"sort": sort}), limit=100)

    found = _pages(session, grace, q="lamp", sort=sort)
    assert found == [one.id for one in everything.tickets if one.id in lamps]


@pytest.mark.usefixtures("by_all_ways")
def test_what_came_up_lately_only_is_not_looked_for_in_every_row(session, grace, clock) -> None:
    def make(subject: str) -> None:
        clock.shift(60)
        ticket(session, grace, subject=subject)

    for subject in ("Outage", *("Door",) * 20, "Outage", "Outage"):
        make(subject)
    with counted() as run:
        page = list_tickets(session, grace, TicketFilters(q="outage"), limit=2)
    assert [found.subject for found in page.tickets] == ["Outage"] * 2
    assert page.next_cursor is not None
    # Three rows, then twice the nine that three in two of three would take, then the index.
    stretch, further, index = (one for one in run if "ts_query" in one or "to_tsquery" in one)
    assert "LIMIT" in stretch
    assert further.count("LIMIT") == 2
    assert "tickets_found" in index


@pytest.mark.usefixtures("by_index")
def test_a_filter_narrows_what_the_index_gives(session, grace, lamps) -> None:
    urgent = list_tickets(session, grace, TicketFilters.parse({"priority": "HIGH"}), limit=100)
    expected = [found.id for found in urgent.tickets if found.id in lamps]

    assert len(expected) == 3
    assert _pages(session, grace, q="lamp priority:high") == expected


@pytest.mark.usefixtures("by_index")
def test_a_deleted_ticket_is_in_no_page_of_the_index(session, grace, ada, lamps) -> None:
    delete(session, ada, lamps[0])

    assert lamps[0] not in _pages(session, grace, q="lamp")


@pytest.mark.usefixtures("by_index")
def test_the_index_is_asked_once_however_many_it_finds(session, grace, lamps) -> None:
    def statements(words: str) -> list[str]:
        with counted() as run:
            list_tickets(session, grace, TicketFilters.parse({"q": words}), limit=2)
        return [one for one in run if one.lstrip().startswith(("SELECT", "WITH"))]

    many, one = statements("lamp"), statements("door3")
    assert len(many) == 2
    assert len(one) == len(statements("nowhere")) == 2
    assert sum("tickets_found" in statement for statement in many) == 1
