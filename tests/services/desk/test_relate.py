"""Merging, splitting and linking from the screen: what is found, shown, done and taken back."""

import pytest

from tests.services.tickets.threads import row, ticket, write
from ticketdesk import db
from ticketdesk.errors import Conflict, Forbidden, Invalid, NotFound
from ticketdesk.services.desk import beside, relate, undo
from ticketdesk.services.tickets.read import responses


def take_back(session, actor, done):
    kind, what = done.undo
    return undo.take_back(session, actor, kind, what)


def test_before_one_types_what_resembles_a_ticket_is_offered_and_never_itself(session, grace):
    one = ticket(session, grace, subject="Quartz lantern flickers")
    double = ticket(session, grace, subject="Lantern of quartz flickers at night")
    numbers = [line["number"] for line in relate.candidates(session, grace, one.id, "")]
    assert numbers[0] == double.ticket_number
    assert one.ticket_number not in numbers
    assert relate.candidates(session, grace, one.id, str(one.ticket_number)) == []
    (found,) = relate.candidates(session, grace, one.id, f"#{double.ticket_number}")
    assert found["subject"] == double.subject


def test_the_preview_of_a_merge_is_the_conversation_that_comes_of_it(session, grace, clock):
    target = ticket(session, grace, description="First matter.")
    clock.shift(60)
    source = ticket(
        session, grace, description="Second matter.", requesterEmail="omar@customer.example"
    )
    clock.shift(60)
    write(session, grace, target.id, "An answer.")
    clock.shift(60)
    write(session, grace, source.id, "A note.", isInternal=True)
    seen = relate.merge_preview(session, grace, target.id, [source.id])
    words = [line["words"] for line in seen.lines]
    assert words == ["First matter.", "Second matter.", "An answer.", "A note."]
    assert [line["kind"] for line in seen.lines][-1] == "note"
    assert seen.copied == ["omar@customer.example"]
    relate.merge(session, grace, target.id, [source.id])
    merged = [one.content for one in responses(session, grace, target.id).items]
    assert sorted(merged) == sorted(words[1:])


def test_looking_at_a_merge_changes_nothing(session, grace):
    target, source = ticket(session, grace), ticket(session, grace)
    relate.merge_preview(session, grace, target.id, [source.id])
    assert row(session, source.id).version == source.version
    assert row(session, source.id).merged_into_id is None


def test_a_merge_says_where_it_went_and_is_taken_back_from_there(session, grace):
    target, source = ticket(session, grace), ticket(session, grace)
    done = relate.merge(session, grace, str(target.ticket_number), [source.id])
    assert done.sentence == f"1 ticket is merged into {target.ticket_number}"
    merged = beside.read(session, grace, source.id, {}).merged
    assert (merged["number"], merged["merge"]) == (target.ticket_number, done.undo[1][1])
    take_back(session, grace, done)
    assert beside.read(session, grace, source.id, {}).merged == {}
    with pytest.raises(Conflict):
        take_back(session, grace, done)


def test_a_ticket_is_not_merged_into_itself_nor_round_a_circle(session, grace):
    one, two, three = (ticket(session, grace) for _ in range(3))
    with pytest.raises(Invalid):
        relate.merge(session, grace, one.id, [one.id])
    relate.merge(session, grace, two.id, [one.id])
    relate.merge(session, grace, three.id, [two.id])
    with pytest.raises(Invalid):
        # Its target is followed to the end, which is the source itself.
        relate.merge(session, grace, one.id, [three.id])
    with pytest.raises(Conflict):
        relate.merge(session, grace, three.id, [one.id])


def test_another_organizations_tickets_are_not_there(session, grace, bo, cast):
    one = ticket(session, grace)
    db.set_tenant(session, cast.globex)
    for look in (
        lambda: relate.candidates(session, bo, one.id, ""),
        lambda: relate.merge_preview(session, bo, one.id, [one.id]),
        lambda: relate.link(session, bo, one.id, one.id, "RELATED"),
        lambda: beside.read(session, bo, one.id, {}),
    ):
        with pytest.raises(NotFound):
            look()


def test_a_split_shows_its_messages_moves_them_and_brings_them_back(session, grace, clock):
    one = ticket(session, grace)
    kept = write(session, grace, one.id, "Stays.")
    clock.shift(60)
    moved = write(session, grace, one.id, "Goes.")
    seen = relate.split_preview(session, grace, one.id, [moved.id])
    assert [line["words"] for line in seen.lines] == ["Goes."]
    done = relate.split(session, grace, one.id, [moved.id], "Another matter")
    assert done.sentence == f"1 message is in {done.number} now"
    assert [r.id for r in responses(session, grace, one.id).items] == [kept.id]
    (line,) = beside.read(session, grace, one.id, {}).links
    assert (line["number"], line["kind"]) == (done.number, "Related")
    take_back(session, grace, done)
    assert len(responses(session, grace, one.id).items) == 2


def test_a_split_wants_a_subject_and_messages_of_this_ticket(session, grace):
    one, other = ticket(session, grace), ticket(session, grace)
    own = write(session, grace, one.id, "Own.")
    foreign = write(session, grace, other.id, "Foreign.")
    with pytest.raises(Invalid):
        relate.split(session, grace, one.id, [own.id], "  ")
    with pytest.raises(Invalid):
        relate.split(session, grace, one.id, [], "Subject")
    with pytest.raises(NotFound):
        relate.split(session, grace, one.id, [own.id, foreign.id], "Subject")


def test_a_link_is_read_from_both_sides_and_comes_back_after_removal(session, grace):
    child, parent = ticket(session, grace), ticket(session, grace)
    done = relate.link(session, grace, child.id, str(parent.ticket_number), "PARENT")
    assert done.sentence == f"{parent.ticket_number} is linked: parent"
    (line,) = beside.links(session, grace, parent.id)
    assert (line["kind"], line["number"]) == ("Child", child.ticket_number)
    removed = relate.unlink(session, grace, parent.id, line["id"])
    assert beside.links(session, grace, child.id) == []
    take_back(session, grace, removed)
    assert beside.links(session, grace, child.id)[0]["kind"] == "Parent"


def test_a_link_can_be_taken_back_once(session, grace):
    one, other = ticket(session, grace), ticket(session, grace)
    done = relate.link(session, grace, one.id, other.id, "DUPLICATE")
    take_back(session, grace, done)
    assert beside.links(session, grace, one.id) == []
    with pytest.raises(NotFound):
        take_back(session, grace, done)


def test_a_kind_that_does_not_exist_and_a_customer_are_refused(session, grace, jane):
    one, other = ticket(session, grace), ticket(session, grace)
    with pytest.raises(Invalid):
        relate.link(session, grace, one.id, other.id, "SIBLING")
    with pytest.raises(Forbidden):
        relate.link(session, jane, one.id, other.id, "RELATED")
