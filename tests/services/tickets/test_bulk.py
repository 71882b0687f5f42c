"""One change of many tickets."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.services.tickets.threads import row, ticket
from ticketdesk.errors import Conflict, Forbidden, Invalid, NotFound
from ticketdesk.models import OutboxEvent
from ticketdesk.services.deleted.restore import restore
from ticketdesk.services.tickets import access, bulk, bulk_undo
from ticketdesk.services.tickets.bulk import BulkChange, BulkDelete
from ticketdesk.services.tickets.read import responses


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


def test_a_reply_to_many_is_filled_for_each_and_taken_back_before_it_leaves(session, grace):
    first = ticket(session, grace, requesterName="Jane Smith")
    second = ticket(
        session, grace, requesterName="Omar Haddad", requesterEmail="omar@customer.example"
    )
    done = change(
        session, grace, [first, second], reply="<p>Dear {{requester.first_name}}, fixed.</p>"
    )
    assert (done.kind, done.can_undo) == ("reply", True)
    said = [responses(session, grace, one.id).items[0].content for one in (first, second)]
    assert said == ["<p>Dear Jane, fixed.</p>", "<p>Dear Omar, fixed.</p>"]
    assert row(session, first.id).status == "OPEN"

    undone = bulk_undo.undo(session, grace, done.id)

    assert undone.refused == {}
    for one in (first, second):
        assert responses(session, grace, one.id).items == []
        assert (row(session, one.id).status, row(session, one.id).first_response_at) == (
            "NEW",
            None,
        )


def test_a_reply_that_has_left_stays_and_is_named(session, grace):
    one = ticket(session, grace)
    done = change(session, grace, [one], reply="<p>Hello</p>")
    promises = session.exec(
        select(OutboxEvent).where(OutboxEvent.subscriber == "mail.ticket_response")
    ).all()
    for promise in promises:
        session.delete(promise)
    session.flush()
    undone = bulk_undo.undo(session, grace, done.id)
    assert undone.refused == {one.id: "The reply has left already."}
    assert len(responses(session, grace, one.id).items) == 1


def test_a_note_to_many_stays(session, grace):
    done = change(session, grace, [ticket(session, grace)], note="<p>Hello</p>")
    assert not done.can_undo
    with pytest.raises(Conflict):
        bulk_undo.undo(session, grace, done.id)


def test_a_variable_that_does_not_exist_is_named_before_anything_is_sent(session, grace):
    one = ticket(session, grace)
    with pytest.raises(Invalid) as refused:
        change(session, grace, [one], reply="<p>Dear {{customer}}</p>")
    assert "{{customer}}" in refused.value.fields["reply"]
    assert responses(session, grace, one.id).items == []


def test_only_an_admin_deletes_many_and_takes_it_back_as_a_whole(session, ada, grace):
    tickets = [ticket(session, grace) for _ in range(2)]
    command = BulkDelete.parse({"ticketIds": [*(t.id for t in tickets), "ticket_gone"]})
    with pytest.raises(Forbidden):
        bulk.start_delete(session, grace, command)
    done = bulk.start_delete(session, ada, command)
    assert (done.kind, done.can_undo) == ("delete", True)
    assert set(done.refused) == {"ticket_gone"}
    for one in tickets:
        with pytest.raises(NotFound):
            access.find(session, ada, one.id)
    assert bulk_undo.undo(session, ada, done.id).is_undone
    assert [access.find(session, ada, one.id).subject for one in tickets] == ["Cannot log in"] * 2
    with pytest.raises(Conflict):
        bulk_undo.undo(session, ada, done.id)


def test_one_that_was_restored_by_hand_is_named_and_the_others_come_back(session, ada, grace):
    first, second = ticket(session, grace), ticket(session, grace)
    command = BulkDelete.parse({"ticketIds": [first.id, second.id]})
    done = bulk.start_delete(session, ada, command)
    restore(session, ada, first.id)
    undone = bulk_undo.undo(session, ada, done.id)
    assert undone.refused == {first.id: "It was restored before, or has gone for good."}
    assert access.find(session, ada, second.id)


def copies(session, source, count: int) -> list[str]:
    """Copy a ticket so many times and return the identifiers of the copies."""
    made = """
        INSERT INTO tickets (id, created_at, organization_id, ticket_number, subject, description,
            description_format, description_text, status, priority, source, requester_email,
            requester_name, cc, linked_chat_ids, tags, custom_fields, metadata, status_changed_at,
            sla_pauses, sla_state, updated_at, last_message_at, version)
        SELECT 'ticket_' || n, created_at, organization_id, 500000 + n, subject, description,
            description_format, description_text, status, priority, source, requester_email,
            requester_name, cc, linked_chat_ids, tags, custom_fields, metadata, status_changed_at,
            sla_pauses, sla_state, updated_at, last_message_at, version
        FROM tickets, generate_series(1, :count) AS n WHERE id = :source"""
    session.execute(text(made), {"source": source.id, "count": count})
    return [f"ticket_{n}" for n in range(1, count + 1)]


def promised(session) -> list[str]:
    """Return the rows that jobs were promised to work through, the undoing ones last."""
    events = session.exec(select(OutboxEvent).where(OutboxEvent.subscriber == bulk.SUBSCRIBER))
    return [event.payload["bulkId"] for event in sorted(events, key=lambda event: event.id)]


def test_ten_thousand_tickets_are_changed_though_one_was_deleted_meanwhile(session, grace):
    ids = copies(session, ticket(session, grace), 10_000)
    started = change(session, grace, ids, addTags=["autumn"])
    assert (started.total, started.is_finished) == (10_000, False)
    session.execute(text("DELETE FROM tickets WHERE id = 'ticket_7777'"))
    parts = promised(session)
    assert len(parts) == 10
    for part in parts:
        while not bulk.work(session, grace, part):
            session.expunge_all()
            session.info.clear()
    done = bulk.progress(session, grace, started.id)
    assert done.refused == {"ticket_7777": "There is no such ticket."}
    tagged = "SELECT count(*) FROM tickets WHERE 'autumn' = ANY(tags) AND version = 2"
    assert session.execute(text(tagged)).scalar_one() == 9_999


def test_a_thousand_tickets_are_deleted_and_come_back(session, ada, grace):
    one = ticket(session, grace)
    ids = copies(session, one, 1_000)
    started = bulk.start_delete(session, ada, BulkDelete.parse({"ticketIds": ids}))
    assert (started.total, started.is_finished) == (1_000, False)
    count = "SELECT count(*) FROM tickets"
    for step, wanted in ((bulk.work, 1), (bulk_undo.work, 1_001)):
        while not step(session, ada, started.id):
            session.expunge_all()
            session.info.clear()
        assert session.execute(text(count)).scalar_one() == wanted
        if step is bulk.work:
            assert not bulk_undo.undo(session, ada, started.id).is_undone
    assert bulk.progress(session, ada, started.id).refused == {}


def test_any_number_of_tickets_is_one_action_over_several_rows(session, grace, monkeypatch):
    monkeypatch.setattr(bulk, "PART", 120)
    ids = copies(session, ticket(session, grace), 300)
    command = BulkChange.parse({"ticketIds": ids[:120], "change": {"addTags": ["autumn"]}})
    started = bulk.start(session, grace, command, further=[*ids[120:], "ticket_gone"])
    assert (started.total, started.done) == (301, 0)
    tagged = "SELECT count(*) FROM tickets WHERE 'autumn' = ANY(tags)"
    parts = promised(session)
    assert len(parts) == 3
    for part in parts:
        assert not bulk.progress(session, grace, started.id).is_finished
        while not bulk.work(session, grace, part):
            pass
    done = bulk.progress(session, grace, started.id)
    assert (done.done, done.is_finished, done.can_undo) == (301, True, True)
    assert done.refused == {"ticket_gone": "There is no such ticket."}
    assert session.execute(text(tagged)).scalar_one() == 300

    undone = bulk_undo.undo(session, grace, started.id)
    assert not undone.is_undone
    for part in promised(session)[3:]:
        while not bulk_undo.work(session, grace, part):
            pass
    assert bulk.progress(session, grace, started.id).is_undone
    assert session.execute(text(tagged)).scalar_one() == 0
    with pytest.raises(Conflict):
        bulk_undo.undo(session, grace, started.id)


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
