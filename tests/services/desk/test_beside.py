"""What stands beside a ticket: neighbours in each order, followers, the requester's history."""

import pytest

from tests.services.tickets.threads import row, ticket, write
from tests.support.queries import asked
from ticketdesk.errors import Forbidden, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import TicketAttachment
from ticketdesk.services import notifications
from ticketdesk.services.desk import beside, detail, relate, removal, rows
from ticketdesk.services.tickets import access

QUERIES = [
    {},
    {"view": "everything", "sort": "createdAt"},
    {"view": "everything", "sort": "-priority"},
    {"view": "everything", "sort": "sla"},
    {"view": "everything", "sort": "-sla"},
    {"view": "everything", "sort": "status"},
    {"q": "sapphire"},
    {"tag": "sapphire", "sort": "-createdAt"},
]


def several(session, actor, clock):
    for number, priority in enumerate(("LOW", "HIGH", "URGENT", "HIGH", "MEDIUM", "LOW")):
        clock.shift(60)
        one = ticket(session, actor, subject=f"Sapphire {number}", priority=priority)
        stored = row(session, one.id)
        stored.tags = ["sapphire"]
        if number % 3 == 0:
            # Nothing runs: these stand in the second part of an order by targets.
            stored.sla_due_at = None
        session.flush()


def end(line):
    return line["to"].removeprefix("/app/tickets/").partition("?")[0] if line else ""


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_going_on_and_back_meets_every_ticket_in_the_lists_order(session, grace, clock, query):
    several(session, grace, clock)
    listed = [str(line["number"]) for line in rows.page(session, grace, query, limit=100).rows]
    assert len(listed) >= 6
    forwards, here = [listed[0]], listed[0]
    while here := end(beside.read(session, grace, here, query).next):
        forwards.append(here)
    assert forwards == listed
    backwards, here = [listed[-1]], listed[-1]
    while here := end(beside.read(session, grace, here, query).previous):
        backwards.append(here)
    assert backwards == listed[::-1]


def test_a_ticket_that_left_the_view_still_has_its_neighbours(session, grace, clock):
    several(session, grace, clock)
    query = {"view": "open", "sort": "createdAt"}
    listed = [line["id"] for line in rows.page(session, grace, query, limit=100).rows]
    write(session, grace, listed[2], "Done.", statusChange="CLOSED")
    seen = beside.read(session, grace, listed[2], query)
    wanted = [str(row(session, listed[at]).ticket_number) for at in (1, 3)]
    assert [end(seen.previous), end(seen.next)] == wanted


def test_the_way_back_and_on_keeps_the_filters(session, grace, clock):
    several(session, grace, clock)
    query = {"view": "open", "sort": "createdAt", "tag": "sapphire"}
    first = rows.page(session, grace, query, limit=100).rows[0]["id"]
    seen = beside.read(session, grace, first, query)
    assert seen.back == "/app/tickets?view=open&sort=createdAt&tag=sapphire"
    assert seen.next["to"].endswith("?view=open&sort=createdAt&tag=sapphire")


def test_a_broken_filter_costs_the_neighbours_and_not_the_ticket(session, grace):
    one = ticket(session, grace)
    seen = beside.read(session, grace, one.id, {"q": "colour:red"})
    assert (seen.previous, seen.next) == ({}, {})
    assert seen.requester["total"] != ""


def test_opening_a_ticket_takes_the_same_number_of_queries_whatever_hangs_on_it(
    session, grace, linus, clock
):
    small, large = ticket(session, grace), ticket(session, grace)
    for number in range(12):
        clock.shift(60)
        write(session, linus, large.id, f"Message {number}")
        other = ticket(session, grace, subject=f"Other {number}")

        relate.link(session, grace, large.id, other.id, "RELATED")
    notifications.follow(session, linus, large.id)

    def statements(reference):
        session.expire_all()
        with asked() as sent:
            detail.open_ticket(session, grace, reference, messages=30, seen=False)
            beside.read(session, grace, reference, {"view": "open"})
        return len(sent)

    statements(large.id)
    assert statements(large.id) <= statements(small.id) + 2


def test_the_list_takes_the_same_number_of_queries_however_long(session, grace, clock):
    several(session, grace, clock)

    def statements(limit):
        session.expire_all()
        with asked() as sent:
            rows.page(session, grace, {"view": "everything"}, limit=limit)
        return len(sent)

    statements(2)
    assert statements(2) == statements(5)


def test_following_shows_on_the_ticket(session, grace, linus):
    one = ticket(session, grace)
    notifications.follow(session, linus, one.id)
    seen = beside.read(session, grace, one.id, {})
    assert (seen.following, seen.followers) == (False, [linus.name])
    assert beside.read(session, linus, one.id, {}).following
    notifications.unfollow(session, linus, one.id)
    assert not beside.read(session, linus, one.id, {}).following


def test_the_requester_has_a_history(session, grace, clock):
    one = ticket(session, grace, requesterEmail="mae@customer.example", requesterName="Mae")
    clock.shift(60)
    other = ticket(session, grace, requesterEmail="mae@customer.example", requesterName="Mae")
    write(session, grace, other.id, "Done.", statusChange="CLOSED")
    history = beside.read(session, grace, one.id, {}).requester
    assert (history["total"], history["open"]) == ("2", 1)
    assert "from%3Amae%40customer.example" in history["to"]


def test_an_admin_hears_what_goes_before_deleting_and_nobody_else_may(
    session, ada, grace, jane, cast
):
    one = ticket(session, grace)
    write(session, grace, one.id, "Hello.")
    session.add(
        TicketAttachment(
            id=new_id("file"), organization_id=cast.acme, filename="a.png", original_name="a.png",
            mime_type="image/png", size=1, sha256="0" * 64, storage_key="a", ticket_id=one.id,
        )
    )  # fmt: skip
    session.flush()
    goes = removal.what_goes(session, ada, one.id)
    assert goes == {"messages": 1, "files": 1, "links": 0}
    for nobody in (grace, jane):
        with pytest.raises(Forbidden):
            removal.what_goes(session, nobody, one.id)
        with pytest.raises(Forbidden):
            removal.delete(session, nobody, one.id)
    done = removal.delete(session, ada, one.id)
    assert done == removal.Deleted(one.id, f"{one.ticket_number} is deleted")
    with pytest.raises(NotFound):
        access.find(session, ada, one.id)
