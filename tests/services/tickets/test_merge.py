"""Merging and undoing it (semantics.md, Merge, split, link)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests.services.tickets.threads import kinds, row, ticket, write
from ticketdesk import db
from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.models import TicketAttachment, TicketResponse
from ticketdesk.services.tickets.commands import ChangeStatus, UpdateTicket
from ticketdesk.services.tickets.merge import MergeTickets, merge
from ticketdesk.services.tickets.merge_undo import undo_merge
from ticketdesk.services.tickets.read import responses
from ticketdesk.services.tickets.status import change_status
from ticketdesk.services.tickets.update import update


def into(session, actor, target, *sources):
    return merge(session, actor, target.id, MergeTickets(source_ticket_ids=[s.id for s in sources]))


def texts(session, actor, ticket_id):
    return [r.content for r in responses(session, actor, ticket_id).items]


def test_merging_moves_the_messages_in_order_of_time_and_keeps_where_they_came_from(
    session, clock, grace
):
    target = ticket(session, grace, description="first")
    clock.shift(60)
    source = ticket(session, grace, description="second", requesterEmail="omar@customer.example")
    clock.shift(60)
    write(session, grace, target.id, "third")
    clock.shift(60)
    write(session, grace, source.id, "fourth", isInternal=True)

    into(session, grace, target, source)

    assert texts(session, grace, target.id) == ["second", "third", "fourth"]
    moved = session.exec(select(TicketResponse).where(TicketResponse.content == "fourth")).one()
    assert moved.origin_ticket_id == source.id
    assert row(session, source.id).status == "CLOSED"
    assert row(session, source.id).merged_into_id == target.id
    assert row(session, target.id).cc == ["omar@customer.example"]
    assert "MERGED" in kinds(session, source.id)
    assert "MERGED" in kinds(session, target.id)


def test_a_reply_to_the_merged_ticket_lands_in_the_target(session, grace, jane):
    target, source = ticket(session, grace), ticket(session, grace)
    into(session, grace, target, source)
    write(session, jane, source.id, "and another thing")
    assert texts(session, grace, target.id)[-1] == "and another thing"


def test_a_merge_into_a_merged_ticket_is_followed_to_its_end(session, grace):
    first, second, third = (ticket(session, grace) for _ in range(3))
    into(session, grace, first, second)
    done = into(session, grace, second, third)
    assert done.target_id == first.id


def test_a_ticket_is_not_merged_into_itself(session, grace):
    target, source = ticket(session, grace), ticket(session, grace)
    with pytest.raises(Invalid):
        into(session, grace, target, target)
    into(session, grace, target, source)
    with pytest.raises(Invalid):
        into(session, grace, source, target)


def test_a_ticket_is_not_merged_twice(session, grace):
    first, second, source = (ticket(session, grace) for _ in range(3))
    into(session, grace, first, source)
    with pytest.raises(Conflict, match="merged already"):
        into(session, grace, second, source)


def test_another_organizations_ticket_is_not_there_to_be_merged(session, grace, bo, cast):
    target = ticket(session, grace)
    db.set_tenant(session, cast.globex)
    foreign = ticket(session, bo)
    db.set_tenant(session, cast.acme)
    with pytest.raises(NotFound):
        into(session, grace, target, foreign)


def test_an_undone_merge_leaves_what_was_written_since_on_the_target(session, grace):
    target, source = ticket(session, grace), ticket(session, grace)
    write(session, grace, source.id, "old")
    done = into(session, grace, target, source)
    write(session, grace, target.id, "new")
    undo_merge(session, grace, target.id, done.id)
    assert texts(session, grace, target.id) == ["new"]
    assert texts(session, grace, source.id) == ["old"]


def test_a_merge_is_undone_once(session, grace):
    target, source = ticket(session, grace), ticket(session, grace)
    done = into(session, grace, target, source)
    undo_merge(session, grace, target.id, done.id)
    with pytest.raises(Conflict, match="undone already"):
        undo_merge(session, grace, target.id, done.id)


def test_a_merge_cannot_be_undone_once_the_source_was_changed(session, grace):
    target, source = ticket(session, grace), ticket(session, grace)
    done = into(session, grace, target, source)
    update(session, grace, source.id, UpdateTicket.parse({"priority": "HIGH"}))
    with pytest.raises(Conflict, match="was changed since"):
        undo_merge(session, grace, target.id, done.id)


def test_an_earlier_merge_waits_for_the_later_one(session, grace):
    target, first, second = (ticket(session, grace) for _ in range(3))
    one = into(session, grace, target, first)
    two = into(session, grace, target, second)
    with pytest.raises(Conflict, match="later merge"):
        undo_merge(session, grace, target.id, one.id)
    undo_merge(session, grace, target.id, two.id)
    undo_merge(session, grace, target.id, one.id)
    assert row(session, first.id).merged_into_id is None


STEP = st.tuples(
    st.sampled_from(["reply", "note", "customer", "status", "file"]), st.integers(0, 1)
)
LEFT_OUT = {"version", "updated_at"}


def facts(session, ticket_id):
    ticket_facts = row(session, ticket_id).model_dump(exclude=LEFT_OUT)
    messages = session.exec(
        select(TicketResponse).where(TicketResponse.ticket_id == ticket_id)
    ).all()
    files = session.exec(
        select(TicketAttachment).where(TicketAttachment.ticket_id == ticket_id)
    ).all()
    return (
        ticket_facts,
        sorted((m.model_dump() for m in messages), key=lambda m: m["id"]),
        sorted((f.model_dump() for f in files), key=lambda f: f["id"]),
    )


def play(session, actors, tickets, steps, clock):
    grace, jane = actors
    for number, (what, which) in enumerate(steps):
        clock.shift(61)
        chosen = tickets[which]
        if what == "status":
            present = row(session, chosen.id).status
            after = "IN_PROGRESS" if present != "IN_PROGRESS" else "WAITING_ON_CUSTOMER"
            change_status(session, grace, chosen.id, ChangeStatus(status=after))
        elif what == "file":
            session.add(
                TicketAttachment(
                    id=f"file_{number}",
                    organization_id=chosen.organization_id,
                    filename="a.txt",
                    original_name="a.txt",
                    mime_type="text/plain",
                    size=1,
                    sha256="0",
                    storage_key="k",
                    ticket_id=chosen.id,
                )
            )
            session.flush()
        else:
            author = jane if what == "customer" else grace
            write(session, author, chosen.id, f"{what} {number}", isInternal=what == "note")


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEP, max_size=8))
def test_merging_and_undoing_gives_back_the_exact_former_state(session, clock, grace, jane, steps):
    with session.begin_nested() as savepoint:
        pair = [ticket(session, grace), ticket(session, grace)]
        play(session, (grace, jane), pair, steps, clock)
        before = [facts(session, one.id) for one in pair]
        clock.shift(3600)
        done = into(session, grace, pair[0], pair[1])
        clock.shift(5)
        undo_merge(session, grace, pair[0].id, done.id)
        assert [facts(session, one.id) for one in pair] == before
        savepoint.rollback()
