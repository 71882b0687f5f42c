"""Changing a ticket: each fact with its own line of history, stale writes refused."""

import pytest
from sqlmodel import Session, select

from tests.services.tickets import threads
from ticketdesk.errors import Conflict, Invalid, NotFound, Stale
from ticketdesk.models import OutboxEvent, TicketActivity
from ticketdesk.services.tickets.assign import assign
from ticketdesk.services.tickets.commands import UpdateTicket
from ticketdesk.services.tickets.update import update


def _changed(session: Session, actor, ticket_id: str, **values: object):
    return update(session, actor, ticket_id, UpdateTicket.parse(values))


def _last(session: Session, ticket_id: str) -> TicketActivity:
    rows = session.exec(
        select(TicketActivity)
        .where(TicketActivity.ticket_id == ticket_id)
        .order_by(TicketActivity.id)
    ).all()
    return rows[-1]


@pytest.mark.parametrize(
    ("values", "kind", "changes"),
    [
        (
            {"priority": "URGENT"},
            "PRIORITY_CHANGED",
            {"priority": {"before": "MEDIUM", "after": "URGENT"}},
        ),
        (
            {"category": "Billing"},
            "CATEGORY_CHANGED",
            {"category": {"before": None, "after": "Billing"}},
        ),
        ({"tags": ["vip"]}, "TAG_ADDED", {"tags": {"before": [], "after": ["vip"]}}),
        ({"status": "OPEN"}, "STATUS_CHANGED", {"status": {"before": "NEW", "after": "OPEN"}}),
        (
            {"subject": "Another"},
            "UPDATED",
            {"subject": {"before": "Cannot log in", "after": "Another"}},
        ),
        (
            {"customFields": {"order": "7"}},
            "UPDATED",
            {"customFields": {"before": {}, "after": {"order": "7"}}},
        ),
    ],
)
def test_a_change_writes_what_was_and_what_is(
    session: Session, grace, values: dict, kind: str, changes: dict
) -> None:
    ticket = threads.ticket(session, grace)

    after = _changed(session, grace, ticket.id, **values)

    line = _last(session, ticket.id)
    assert (line.activity_type, line.changes, line.performed_by_name) == (
        kind, changes, "Grace Hopper"
    )  # fmt: skip
    assert after.version == ticket.version + 1


def test_several_facts_are_one_version_and_several_lines(session: Session, grace) -> None:
    ticket = threads.ticket(session, grace, tags=["a", "b"])

    after = _changed(session, grace, ticket.id, priority="LOW", tags=["b", "c"], category="Billing")

    assert after.version == 2
    assert sorted(threads.kinds(session, ticket.id)[1:]) == [
        "CATEGORY_CHANGED", "PRIORITY_CHANGED", "TAG_ADDED", "TAG_REMOVED"
    ]  # fmt: skip


def test_the_same_again_is_no_change(session: Session, grace) -> None:
    ticket = threads.ticket(session, grace, tags=["a"])

    after = _changed(
        session, grace, ticket.id, priority=ticket.priority, tags=["a"], subject=ticket.subject
    )

    assert after.version == ticket.version
    assert threads.kinds(session, ticket.id) == ["CREATED"]


def test_a_custom_field_is_removed_by_null_and_the_others_stay(session: Session, grace) -> None:
    ticket = threads.ticket(session, grace, customFields={"a": 1, "b": 2})

    after = _changed(session, grace, ticket.id, customFields={"a": None, "c": 3})

    assert after.custom_fields == {"b": 2, "c": 3}


@pytest.mark.parametrize("field", ["subject", "status", "priority", "tags", "requesterEmail"])
def test_what_every_ticket_has_cannot_be_null(session: Session, grace, field: str) -> None:
    ticket = threads.ticket(session, grace)

    with pytest.raises(Invalid) as refused:
        _changed(session, grace, ticket.id, **{field: None})
    assert field in refused.value.fields


def test_a_stale_condition_and_a_stale_body_are_told_apart(session: Session, grace, linus) -> None:
    ticket = threads.ticket(session, grace)
    _changed(session, linus, ticket.id, priority="URGENT")

    with pytest.raises(Stale) as condition:
        update(session, grace, ticket.id, UpdateTicket.parse({"priority": "LOW"}), version=1)
    with pytest.raises(Conflict) as body:
        _changed(session, grace, ticket.id, priority="LOW", version=1)

    for refused in (condition.value, body.value):
        assert refused.details["changedBy"] == "Linus Torvalds"
        assert refused.details["version"] == 2
        assert "Linus Torvalds changed the priority from MEDIUM to URGENT" in refused.message


def test_a_new_requester_is_the_member_with_that_address(session: Session, grace, omar) -> None:
    ticket = threads.ticket(session, grace)

    after = _changed(session, grace, ticket.id, requesterEmail="OMAR@customer.example")

    assert after.requester_id == omar.user_id


def test_html_is_kept_clean_and_searched_as_words(session: Session, grace) -> None:
    ticket = threads.ticket(session, grace)

    after = _changed(
        session,
        grace,
        ticket.id,
        description="<p>The <b>lamp</b></p><script>alert(1)</script>",
        descriptionFormat="html",
    )

    assert after.description == "<p>The <b>lamp</b></p>"
    assert threads.row(session, ticket.id).description_text == "The lamp"


def test_assigning_tells_the_history_and_promises_a_mail(session: Session, grace, linus) -> None:
    ticket = threads.ticket(session, grace)

    after = assign(session, grace, ticket.id, linus.user_id)

    assert after.assigned_to_id == linus.user_id
    assert after.assigned_at is not None
    assert _last(session, ticket.id).description == "assigned the ticket to Linus Torvalds"
    promised = session.exec(select(OutboxEvent.subscriber)).all()
    assert "mail.ticket_assigned" in promised


def test_me_and_nobody_are_assignees_too(session: Session, grace) -> None:
    ticket = threads.ticket(session, grace)

    assert assign(session, grace, ticket.id, "me").assigned_to_id == grace.user_id
    nobody = assign(session, grace, ticket.id, None)
    assert (nobody.assigned_to_id, nobody.assigned_at) == (None, None)
    assert threads.kinds(session, ticket.id)[1:] == ["ASSIGNED", "UNASSIGNED"]


def test_nobody_outside_and_no_customer_is_assigned(session: Session, grace, jane, bo) -> None:
    ticket = threads.ticket(session, grace)

    with pytest.raises(Invalid):
        assign(session, grace, ticket.id, jane.user_id)
    with pytest.raises(NotFound):
        assign(session, grace, ticket.id, bo.user_id)
