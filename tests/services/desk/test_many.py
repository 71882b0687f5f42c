"""One change of the tickets that were ticked, and taking it back."""

import pytest

from tests.services.tickets.threads import ticket
from ticketdesk.errors import Forbidden, Invalid, Malformed
from ticketdesk.services.desk import many, undo
from ticketdesk.services.tickets import read


def test_ticked_tickets_get_a_tag_and_lose_it_again(session, grace):
    first, second = ticket(session, grace), ticket(session, grace)
    done = many.change(session, grace, [first.id, second.id], "tag", "audit")
    assert many.sentence(done) == "2 tickets are changed"
    assert "audit" in read.get(session, grace, first.id).tags
    undo.take_back(session, grace, "bulk", [done.id])
    assert "audit" not in read.get(session, grace, second.id).tags


def test_a_tag_is_taken_from_those_that_have_it_and_given_back(session, grace):
    tagged, plain = ticket(session, grace, tags=["audit", "vip"]), ticket(session, grace)
    done = many.change(session, grace, [tagged.id, plain.id], "untag", "audit")
    assert read.get(session, grace, tagged.id).tags == ["vip"]
    undo.take_back(session, grace, "bulk", [done.id])
    assert sorted(read.get(session, grace, tagged.id).tags) == ["audit", "vip"]
    assert read.get(session, grace, plain.id).tags == []


def test_all_in_the_list_means_what_the_list_holds(session, grace):
    urgent = ticket(session, grace, subject="Kupferkessel", priority="URGENT")
    done = many.change(session, grace, [], "priority", "LOW", everything_in={"q": "kupferkessel"})
    assert done.total == 1
    assert read.get(session, grace, urgent.id).priority == "LOW"


def test_a_fact_that_does_not_exist_is_refused(session, grace):
    with pytest.raises(Malformed):
        many.change(session, grace, [ticket(session, grace).id], "owner", "me")
    with pytest.raises(Malformed):
        undo.take_back(session, grace, "everything", [])


def test_one_reply_goes_to_all_in_the_list_as_plain_text(session, grace):
    first, second = (ticket(session, grace, subject=f"Moonstone {n}") for n in (1, 2))
    done = many.reply(
        session,
        grace,
        [],
        "Dear {{requester.first_name}},\n\n1 < 2 <script>",
        everything_in={"q": "moonstone"},
    )
    assert many.sentence(done) == "2 tickets are answered"
    said = read.responses(session, grace, first.id).items[0].content
    assert "Dear Jane" in said
    assert "&lt;script&gt;" in said
    assert read.responses(session, grace, second.id).items


def test_an_empty_reply_is_refused(session, grace):
    with pytest.raises(Invalid):
        many.reply(session, grace, [ticket(session, grace).id], "  \n ")


def test_deleting_many_is_for_admins_says_so_and_is_taken_back(session, ada, grace):
    one = ticket(session, grace)
    with pytest.raises(Forbidden):
        many.delete(session, grace, [one.id])
    done = many.delete(session, ada, [one.id])
    assert many.sentence(done) == "1 ticket is deleted"
    said = undo.take_back(session, ada, "bulk", [done.id])
    assert said == "The deleted tickets are back"
    assert read.get(session, grace, one.id).subject == one.subject
