"""One change of many tickets."""

import pytest

from tests.services.tickets.threads import row, ticket
from ticketdesk.errors import Conflict, NotFound
from ticketdesk.services.tickets import bulk, bulk_undo
from ticketdesk.services.tickets.bulk import BulkChange


def change(session, actor, tickets, **values):
    body = {"ticketIds": [getattr(t, "id", t) for t in tickets], "change": values}
    return bulk.start(session, actor, BulkChange.parse(body))


def test_a_bulk_change_changes_every_ticket_and_can_be_undone_as_a_whole(session, grace, linus):
    tickets = [ticket(session, grace, priority="LOW", tags=["a"]) for _ in range(3)]
    done = change(
        session, grace, tickets, priority="URGENT", addTags=["b"], assignedToId=linus.user_id
    )
    assert (done.done, done.is_finished, done.refused) == (3, True, {})
    assert {row(session, t.id).assigned_to_id for t in tickets} == {linus.user_id}

    undone = bulk_undo.undo(session, grace, done.id)

    assert undone.is_undone
    for one in tickets:
        present = row(session, one.id)
        assert (present.priority, present.tags, present.assigned_to_id) == ("LOW", ["a"], None)


def test_a_ticket_that_refuses_is_named_and_the_others_are_changed(session, grace):
    fine, ended = ticket(session, grace), ticket(session, grace)
    change(session, grace, [ended], status="CANCELLED")
    done = change(session, grace, [fine, ended, "ticket_gone"], status="RESOLVED")
    assert row(session, fine.id).status == "RESOLVED"
    assert row(session, ended.id).status == "CANCELLED"
    assert set(done.refused) == {ended.id, "ticket_gone"}


def test_undo_leaves_a_ticket_alone_that_somebody_changed_since(session, grace):
    one, other = ticket(session, grace), ticket(session, grace)
    done = change(session, grace, [one, other], priority="HIGH")
    change(session, grace, [other], priority="LOW")
    undone = bulk_undo.undo(session, grace, done.id)
    assert row(session, one.id).priority == "MEDIUM"
    assert row(session, other.id).priority == "LOW"
    assert other.id in undone.refused


def test_sent_replies_cannot_be_undone(session, grace):
    done = change(session, grace, [ticket(session, grace)], reply="<p>Hello</p>")
    assert not done.can_undo
    with pytest.raises(Conflict):
        bulk_undo.undo(session, grace, done.id)


def test_more_than_a_hundred_tickets_are_worked_through_in_batches(session, grace):
    tickets = [ticket(session, grace) for _ in range(3)]
    ids = [t.id for t in tickets] + [f"ticket_{n}" for n in range(200)]
    started = change(session, grace, ids, priority="HIGH")
    assert (started.done, started.is_finished) == (0, False)
    assert "tickets.bulk" in session.info["kicks"]
    rounds = 1
    while not bulk.work(session, grace, started.id):
        rounds += 1
    assert rounds == 3
    assert bulk.work(session, grace, started.id)
    assert row(session, tickets[0].id).priority == "HIGH"


def test_a_bulk_action_is_its_owners_alone(session, grace, linus):
    done = change(session, grace, [ticket(session, grace)], priority="HIGH")
    with pytest.raises(NotFound):
        bulk.progress(session, linus, done.id)
