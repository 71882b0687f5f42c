"""Splitting and undoing it (semantics.md, Merge, split, link)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.tickets.test_merge import STEP, facts, play, texts
from tests.services.tickets.threads import kinds, row, ticket, write
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.models import Ticket
from ticketdesk.services.tickets.links import list_links
from ticketdesk.services.tickets.read import responses
from ticketdesk.services.tickets.split import SplitTicket, split, undo_split


def off(session, actor, source, *messages, subject="Another matter"):
    return split(
        session,
        actor,
        source.id,
        SplitTicket(response_ids=[m.id for m in messages], subject=subject),
    )


def test_splitting_moves_the_chosen_messages_to_a_new_linked_ticket(session, grace, jane):
    source = ticket(session, grace)
    write(session, grace, source.id, "stays")
    goes = write(session, jane, source.id, "goes")

    done = off(session, grace, source, goes)

    assert texts(session, grace, source.id) == ["stays"]
    assert texts(session, grace, done.ticket.id) == ["goes"]
    assert done.ticket.requester_email == "jane@customer.example"
    assert [link.ticket_id for link in list_links(session, grace, source.id)] == [done.ticket.id]
    assert "SPLIT" in kinds(session, source.id)
    assert "SPLIT" in kinds(session, done.ticket.id)


def test_a_message_of_another_ticket_cannot_be_split_off(session, grace):
    source, other = ticket(session, grace), ticket(session, grace)
    message = write(session, grace, other.id, "elsewhere")
    with pytest.raises(NotFound):
        off(session, grace, source, message)


def test_a_split_cannot_be_undone_once_the_new_ticket_lives(session, grace):
    source = ticket(session, grace)
    done = off(session, grace, source, write(session, grace, source.id, "goes"))
    write(session, grace, done.ticket.id, "a life of its own")
    with pytest.raises(Conflict, match="was changed since"):
        undo_split(session, grace, source.id, done.split.id)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEP, min_size=1, max_size=8), data=st.data())
def test_splitting_and_undoing_gives_back_the_exact_former_state(
    session, clock, grace, jane, steps, data
):
    with session.begin_nested() as savepoint:
        source = ticket(session, grace)
        write(session, grace, source.id, "always there")
        play(session, (grace, jane), [source, source], steps, clock)
        messages = responses(session, grace, source.id).items
        chosen = data.draw(st.lists(st.sampled_from(messages), min_size=1, unique_by=id))
        before = facts(session, source.id)
        clock.shift(3600)
        done = off(session, grace, source, *chosen)
        undo_split(session, grace, source.id, done.split.id)
        assert facts(session, source.id) == before
        assert session.get(Ticket, done.ticket.id) is None
        assert list_links(session, grace, source.id) == []
        savepoint.rollback()


def test_the_undone_ticket_is_gone_and_the_source_counts_on(session, grace):
    source = ticket(session, grace)
    message = write(session, grace, source.id, "goes")
    version = row(session, source.id).version
    done = off(session, grace, source, message)
    undo_split(session, grace, source.id, done.split.id)
    assert row(session, source.id).version == version + 2
