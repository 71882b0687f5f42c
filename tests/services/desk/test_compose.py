"""The composer: copies, mentions, pictures, macros, and what it offers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.tickets.threads import row, ticket, write
from ticketdesk.errors import Conflict, Invalid
from ticketdesk.models import TicketAttachment, TicketResponse
from ticketdesk.services import drafts, notifications
from ticketdesk.services.desk import compose, compose_offers, undo
from ticketdesk.services.files import doors
from ticketdesk.services.library import macros
from ticketdesk.services.library.macros import MacroInput
from ticketdesk.services.tickets import read
from ticketdesk.services.tickets.send_guard import shared_passage

CC, BCC = "omar@customer.example", "boss@elsewhere.example"


def send(session, actor, one, html="<p>Hello Jane.</p>", kind="reply", **more):
    options = {"latest": None, "anyway": True} | more
    return compose.send(session, actor, one.id, kind, html, **options)


def test_a_reply_is_kept_as_clean_html_with_its_words_beside(session, grace):
    one = ticket(session, grace)
    html = '<p><strong>Hi</strong> <a href="javascript:x()">there</a></p><script>x()</script>'
    sent = send(session, grace, one, html)
    stored = session.get_one(TicketResponse, sent.response_id)
    assert (
        stored.content
        == '<p><strong>Hi</strong> <a rel="noopener noreferrer nofollow">there</a></p>'
    )
    assert stored.content_text == "Hi there"


def test_copies_go_with_the_reply_and_cc_is_there_for_the_next_one(session, grace, linus):
    one = ticket(session, grace)
    sent = send(session, grace, one, copies={"cc": [CC], "bcc": [BCC]})
    stored = session.get_one(TicketResponse, sent.response_id)
    assert (stored.cc, stored.bcc) == ([CC], [BCC])
    again = compose.typed(session, linus, row(session, one.id), "reply")
    assert again.copies == {"cc": [CC], "bcc": []}
    send(session, linus, one, copies={"cc": [], "bcc": []})
    assert row(session, one.id).cc == []


def test_a_blind_copy_is_in_no_view_of_the_reply(session, grace, jane):
    one = ticket(session, grace)
    send(session, grace, one, copies={"cc": [CC], "bcc": [BCC]})
    for actor in (grace, jane):
        shown = [item.wire() for item in read.responses(session, actor, one.id).items]
        assert BCC not in str(shown)


def test_an_address_that_is_none_stops_the_reply(session, grace):
    one = ticket(session, grace)
    with pytest.raises(Invalid):
        send(session, grace, one, copies={"cc": ["nonsense"], "bcc": []})


def test_a_draft_keeps_copies_and_a_reply_taken_back_brings_them_again(session, grace):
    one = ticket(session, grace)
    copies = {"cc": [CC], "bcc": [BCC]}
    compose.save(session, grace, one.id, "reply", "<p>Half</p>", (), copies)
    kept = compose.typed(session, grace, row(session, one.id), "reply")
    assert (kept.html, kept.copies) == ("<p>Half</p>", copies)
    sent = send(session, grace, one, copies=copies)
    assert drafts.load(session, grace, f"ticket:{one.id}:reply") is None
    compose.take_back(session, grace, one.id, sent.response_id, sent.before, sent.version_after)
    kept = compose.typed(session, grace, row(session, one.id), "reply")
    assert (kept.html, kept.copies) == ("<p>Hello Jane.</p>", copies)


def test_a_draft_from_before_the_editor_is_shown_as_text(session, grace):
    one = ticket(session, grace)
    drafts.save(session, grace, f"ticket:{one.id}:reply", {"content": "a < b", "files": []})
    assert compose.typed(session, grace, row(session, one.id), "reply").html == "<p>a &lt; b</p>"


def test_customers_see_a_mention_as_words_and_agents_as_a_mention(session, grace, linus, jane):
    one = ticket(session, grace)
    mention = f'<p><span data-mention="{linus.user_id}">@Linus</span> knows.</p>'
    send(session, grace, one, mention)
    assert "data-mention" in read.responses(session, grace, one.id).items[-1].content
    seen = read.responses(session, jane, one.id).items[-1].content
    assert seen == "<p><span>@Linus</span> knows.</p>"
    told = notifications.list_mine(session, linus).items
    assert "Grace Hopper mentioned you" in [one.words for one in told]
    assert linus.user_id in notifications.followers(session, grace, one.id)


def test_a_picture_in_the_text_is_part_of_it_and_another_file_is_not(session, grace):
    one = ticket(session, grace)
    ids = [
        doors.take(session, grace, [b"words"], name=name, declared="text/plain").id
        for name in ("a.txt", "b.txt")
    ]
    send(session, grace, one, f'<p><img src="/api/attachments/{ids[0]}"></p>', files=ids)
    inline = [session.get_one(TicketAttachment, file_id).is_inline for file_id in ids]
    assert inline == [True, False]


@pytest.mark.parametrize("status", ["CLOSED", "WAITING_ON_CUSTOMER", "RESOLVED"])
def test_a_reply_takes_the_ticket_along(session, grace, status):
    one = ticket(session, grace)
    send(session, grace, one, then=status)
    assert row(session, one.id).status == status


def macro(session, actor, **change):
    made = macros.create(session, actor, MacroInput.parse({"title": "Done", "change": change}))
    return made.id


def test_a_macro_is_taken_back_with_its_messages(session, grace):
    one = ticket(session, grace, tags=["old"])
    first = write(session, grace, one.id, "First.")
    before = row(session, one.id).model_dump(include={"status", "priority", "tags"})
    macro_id = macro(
        session,
        grace,
        reply="<p>Solved.</p>",
        note="<p>By macro.</p>",
        status="RESOLVED",
        priority="URGENT",
        addTags=["solved"],
    )
    ran = compose_offers.run(session, grace, macro_id, one.id)
    assert row(session, one.id).status == "RESOLVED"
    undo.take_back(session, grace, "macro", [one.id, ran.before])
    after = row(session, one.id)
    assert after.model_dump(include=set(before)) == before
    assert [item.id for item in read.responses(session, grace, one.id).items] == [first.id]


def test_a_macro_is_not_taken_back_over_a_colleagues_change(session, grace, linus):
    one = ticket(session, grace)
    ran = compose_offers.run(session, grace, macro(session, grace, priority="URGENT"), one.id)
    write(session, linus, one.id, "Meanwhile.")
    with pytest.raises(Conflict):
        undo.take_back(session, grace, "macro", [one.id, ran.before])
    assert row(session, one.id).priority == "URGENT"


def test_the_guard_names_the_words_that_one_click_sets_right(session, grace):
    one = ticket(session, grace)
    write(session, grace, one.id, "He is a friend of the boss, careful.", isInternal=True)
    text = "<p>Hello Peter, he is a friend of the boss, careful. {{ticket.nonsense}}</p>"
    found = {
        doubt["kind"]: doubt
        for doubt in compose_offers.doubts(session, grace, one.id, text, has_files=False)
    }
    assert (found["greeting"]["wrong"], found["greeting"]["right"]) == ("Peter", "Jane")
    assert found["note"]["wrong"] == "he is a friend of the boss careful"
    assert found["variable"]["wrong"] == "{{ticket.nonsense}}"
    assert "does not exist" in found["variable"]["message"]


WORD = st.sampled_from(["lamp", "blue", "order", "late", "parcel", "boss", "angry", "refund"])
WORDS = st.lists(WORD, max_size=30)


@given(WORDS, WORDS, st.lists(WORD, min_size=8, max_size=12))
def test_whatever_stands_around_it_a_passage_of_a_note_is_found(before, after, passage):
    text, note = " ".join([*before, *passage, *after]), " ".join(passage)
    found = shared_passage(text, note)
    assert len(found.split()) >= 8
    assert found in text
    assert found in note
