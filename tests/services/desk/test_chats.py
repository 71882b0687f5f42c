"""The list of chats, a chat's screen and the dialog that makes a ticket of it."""

import pytest

from tests.services.chats.test_long_transcripts import spoken
from tests.services.chats.test_to_ticket import chat, say
from tests.services.tickets.threads import ticket
from tests.support.queries import asked
from ticketdesk import db
from ticketdesk.errors import Conflict, Forbidden, Invalid, Malformed, NotFound
from ticketdesk.services import ticket_settings
from ticketdesk.services.chats import chats as verbs
from ticketdesk.services.chats import related, suggestion
from ticketdesk.services.chats.commands import UpdateChat
from ticketdesk.services.desk import chat as screen
from ticketdesk.services.desk import chat_ticket, chats
from ticketdesk.services.paging import encode_cursor

FORM = {"subject": "Login", "transcript": "on", "attachments": "on", "assign": "on"}


def change(session, actor, chat_id, **values):
    return verbs.update(session, actor, chat_id, UpdateChat.parse(values))


def titles(session, actor, **options):
    ours = {"Escalated", "Waited long", "Waits", "Answered", "Only the bot"}
    rows = chats.page(session, actor, **{"limit": 100} | options).rows
    return [one["title"] for one in rows if one["title"] in ours]


def test_escalated_chats_come_first_then_who_waits_longest_then_the_last_active(
    session, grace, clock
):
    answered = chat(session, grace, ("USER", "Hi"), title="Answered")
    chat(session, grace, ("USER", "Hi"), ("BOT", "Hello!"), title="Only the bot")
    clock.shift(60)
    chat(session, grace, ("USER", "Hello?"), title="Waited long")
    clock.shift(60)
    chat(session, grace, ("USER", "Hello?"), title="Waits")
    clock.shift(60)
    pressing = chat(session, grace, ("USER", "Fire!"), title="Escalated")
    change(session, grace, pressing.id, escalation="ESCALATED")
    say(session, grace, answered.id, "AGENT", "Hi!")
    assert titles(session, grace) == [
        "Escalated", "Waited long", "Waits", "Answered", "Only the bot",
    ]  # fmt: skip


def test_an_escalated_chat_stays_on_top_when_it_was_answered(session, grace, clock):
    pressing = chat(session, grace, ("USER", "Fire!"), title="Escalated")
    change(session, grace, pressing.id, escalation="ESCALATED")
    say(session, grace, pressing.id, "AGENT", "On my way")
    clock.shift(60)
    chat(session, grace, ("USER", "Hello?"), title="Waits")
    assert titles(session, grace) == ["Escalated", "Waits"]


def test_every_open_chat_can_be_reached(session, grace, clock):
    for title in ("Waited long", "Waits", "Answered"):
        clock.shift(60)
        chat(session, grace, ("USER", "Hello?"), title=title)
    seen, cursor = [], None
    while True:
        page = chats.page(session, grace, limit=2, cursor=cursor)
        seen += [one["title"] for one in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert [one for one in seen if one in ("Waited long", "Waits", "Answered")] == [
        "Waited long", "Waits", "Answered",
    ]  # fmt: skip
    assert len(seen) == len(chats.page(session, grace, limit=100).rows)


@pytest.mark.parametrize("values", [["x"], [-1], [True], [1.5], [1, 2], [None]])
def test_a_made_up_place_in_the_list_is_refused(session, grace, values):
    with pytest.raises(Malformed):
        chats.page(session, grace, limit=2, cursor=encode_cursor(*values))


def test_the_count_is_of_those_who_wait_for_a_person(session, grace):
    before = chats.waiting(session, grace)
    made = chat(session, grace, ("USER", "Hello?"))
    assert chats.waiting(session, grace) == before + 1
    say(session, grace, made.id, "BOT", "Have you tried a restart?")
    assert chats.waiting(session, grace) == before
    change(session, grace, made.id, escalation="REQUESTED")
    assert chats.waiting(session, grace) == before + 1
    say(session, grace, made.id, "AGENT", "I am here.")
    assert chats.waiting(session, grace) == before


def test_closed_chats_are_a_list_of_their_own_that_goes_on(session, grace, clock):
    for title in ("Waits", "Answered"):
        clock.shift(60)
        made = chat(session, grace, ("USER", "Bye"), title=title)
        change(session, grace, made.id, isClosed=True)
    first = chats.page(session, grace, closed=True, limit=1)
    assert [one["title"] for one in first.rows] == ["Answered"]
    then = chats.page(session, grace, closed=True, limit=1, cursor=first.next_cursor)
    assert [one["title"] for one in then.rows] == ["Waits"]
    assert titles(session, grace) == []


def test_only_the_newest_messages_are_read_and_the_window_can_move_up(session, grace, clock):
    made = chat(session, grace)
    for number in range(6):
        clock.shift(1)
        say(session, grace, made.id, "USER", f"Message {number}")
    newest = screen.open_chat(session, grace, made.id, count=2)
    assert [one["html"] for one in newest.items] == ["<p>Message 4</p>", "<p>Message 5</p>"]
    assert (newest.older, newest.newer) == (True, False)
    up = screen.open_chat(session, grace, made.id, count=4, before=newest.items[0]["id"])
    assert up.items[0]["html"] == "<p>Message 0</p>"
    assert (up.older, up.newer) == (False, True)


def test_a_long_chat_opens_with_no_more_queries_and_rows_than_a_short_one(session, grace):
    def opened(count):
        made = chat(session, grace)
        session.add_all(spoken(made.id, grace.organization_id, count, 40))
        session.flush()
        session.expire_all()
        with asked() as sent:
            shown = screen.open_chat(session, grace, made.id)
        return len(sent), len(shown.items), sum(len(one["html"]) for one in shown.items) // 1000

    opened(1)
    assert opened(50) == opened(1000)


def test_a_chat_shows_the_tickets_it_was_linked_to_beside_those_made_of_it(session, grace):
    made = chat(session, grace, ("USER", "Hi"))
    other = ticket(session, grace, subject="Known trouble")
    related.link(session, grace, other.id, made.id)
    facts = screen.open_chat(session, grace, made.id).facts
    assert (facts["linked"], facts["tickets"]) == ([other.ticket_number], [])
    told = [one for one in session.info["realtime"] if f"chat:{made.id}" in one.channels]
    assert told[-1].facts["ticketId"] == other.id
    related.unlink(session, grace, other.id, made.id)
    assert screen.open_chat(session, grace, made.id).facts["linked"] == []


def test_a_chat_is_unread_until_an_agent_has_seen_it(session, grace, clock):
    made = chat(session, grace, ("USER", "Hi"))

    def unread():
        rows = chats.page(session, grace, limit=100).rows
        return next(one["unread"] for one in rows if one["id"] == made.id)

    assert unread()
    screen.open_chat(session, grace, made.id)
    assert unread()
    clock.shift(1)
    screen.open_chat(session, grace, made.id, seen=True)
    assert not unread()


def test_markup_is_shown_as_it_was_typed_and_a_long_message_on_demand(session, grace):
    made = chat(session, grace, ("USER", "<img src=x onerror=alert(1)>"))
    say(session, grace, made.id, "USER", "x" * 100_000)
    shown = screen.open_chat(session, grace, made.id).items
    assert "<img" not in shown[0]["html"]
    assert "&lt;img" in shown[0]["html"]
    assert (shown[1]["cut"], len(shown[1]["html"]) < 5_000) == (True, True)
    whole = screen.open_chat(session, grace, made.id, whole=shown[1]["id"]).items
    assert (whole[1]["cut"], len(whole[1]["html"]) > 100_000) == (False, True)


def test_a_message_sent_again_is_stored_once_and_ends_its_draft(session, grace):
    made = chat(session, grace, ("USER", "Hi"))
    screen.save(session, grace, made.id, "Hello")
    assert screen.open_chat(session, grace, made.id).draft == "Hello"
    for _ in range(2):
        screen.send(session, grace, made.id, "Hello", client_id="k1")
    shown = screen.open_chat(session, grace, made.id)
    assert ([one["kind"] for one in shown.items], shown.draft) == (["customer", "agent"], "")
    assert shown.facts["assignee"] == grace.user_id


def test_nothing_can_be_said_in_a_closed_chat_and_nothing_is_no_message(session, grace):
    made = chat(session, grace, ("USER", "Hi"))
    with pytest.raises(Invalid):
        screen.send(session, grace, made.id, "  ", client_id="k1")
    change(session, grace, made.id, isClosed=True)
    with pytest.raises(Conflict):
        screen.send(session, grace, made.id, "Hello", client_id="k2")


def test_a_foreign_chat_is_not_there_and_a_customer_has_no_business_here(
    session, cast, grace, jane, bo
):
    made = chat(session, grace, ("USER", "Hi"))
    for verb in (screen.open_chat, chat_ticket.begin):
        with pytest.raises(Forbidden):
            verb(session, jane, made.id)
    db.set_tenant(session, cast.globex)
    for verb in (screen.open_chat, chat_ticket.begin):
        with pytest.raises(NotFound):
            verb(session, bo, made.id)


def test_the_dialog_is_filled_in_and_says_why(session, grace):
    made = chat(session, grace, ("USER", "The printer jams"), title="Printer")
    change(session, grace, made.id, escalation="ESCALATED")
    form = chat_ticket.begin(session, grace, made.id)
    assert form.values["subject"] == "Printer"
    assert (form.values["priority"], form.reasons["priority"]) == (
        "URGENT",
        "The chat is escalated.",
    )
    assert form.values["requesterEmail"] == "jane@customer.example"
    assert form.preview.endswith("Customer: The printer jams")
    assert (form.messages, form.files) == (1, 0)


def test_the_category_is_that_of_past_tickets_with_the_same_telling_words(session, grace):
    for subject in ("Zebra scanner beeps", "Zebra scanner is dark", "Zebra scanner"):
        ticket(session, grace, subject=subject, category="Technical")
    ticket(session, grace, subject="Zebra invoice", category="Billing")
    made = chat(session, grace, ("USER", "my zebra scanner beeps again"), title="Zebra")
    found = suggestion.category(session, grace, made.id)
    assert found.category == "Technical"
    assert "3 past tickets" in found.reason


@pytest.mark.parametrize(
    ("said", "named"),
    [("I have a feature request!", "Feature request"), ("it is about BILLING.", "Billing")],
)
def test_the_category_that_the_customer_named_wins(session, ada, grace, said, named):
    wanted = {"embedConfig": {"categories": ["Technical", "Billing", "Feature request"]}}
    ticket_settings.change(session, ada, wanted)
    found = suggestion.category(session, grace, chat(session, grace, ("USER", said)).id)
    assert found.category == named
    assert found.reason == f"The customer wrote “{named.lower()}”."


@pytest.mark.parametrize("said", ["Rebilling happened", "qwertz uiop", "!!!", "🙂"])
def test_nothing_is_suggested_where_nothing_speaks_for_it(session, grace, said):
    found = suggestion.category(session, grace, chat(session, grace, ("USER", said)).id)
    assert (found.category, found.reason) == ("", "")


def test_a_second_opening_of_the_dialog_says_which_ticket_there_is(session, grace):
    made = chat(session, grace, ("USER", "Hi"))
    assert chat_ticket.begin(session, grace, made.id).before == 0
    number = chat_ticket.submit(session, grace, made.id, FORM, click="a")
    assert chat_ticket.begin(session, grace, made.id).before == number


def test_the_same_click_makes_one_ticket_and_another_click_another(session, grace):
    made = chat(session, grace, ("USER", "Hi"))
    one, again, other = (
        chat_ticket.submit(session, grace, made.id, FORM, click=click) for click in "aab"
    )
    assert one == again != other
    tickets = screen.open_chat(session, grace, made.id).facts["tickets"]
    assert [made["number"] for made in tickets] == [one, other]


def test_an_empty_chat_makes_no_ticket_and_a_wrong_address_is_named(session, grace):
    empty = chat(session, grace)
    with pytest.raises(Conflict):
        chat_ticket.submit(session, grace, empty.id, FORM, click="a")
    made = chat(session, grace, ("USER", "Hi"))
    with pytest.raises(Invalid) as refused:
        chat_ticket.submit(session, grace, made.id, FORM | {"requesterEmail": "nowhere"}, click="b")
    assert "requesterEmail" in refused.value.fields
    number = chat_ticket.submit(session, grace, made.id, {"subject": "x"}, click="b")
    assert number
