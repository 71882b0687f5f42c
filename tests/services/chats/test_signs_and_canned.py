"""Who writes just now, canned responses in a chat, messages in order, tickets of many chats."""

import pytest

from tests.services.chats.test_to_ticket import chat, make, say
from ticketdesk.errors import Conflict, Invalid
from ticketdesk.services.chats import canned, messages
from ticketdesk.services.desk import chat_many, chat_signs
from ticketdesk.services.library import canned_responses
from ticketdesk.services.library.canned_responses import CannedResponseInput


def test_who_writes_is_seen_by_the_others_until_they_stop(session, grace, linus):
    made = chat(session, grace)
    chat_signs.tell(session, grace, made.id, is_typing=True)
    assert chat_signs.others(session, linus, made.id) == ["Grace Hopper"]
    assert chat_signs.others(session, grace, made.id) == []
    chat_signs.tell(session, grace, made.id, is_typing=False)
    assert chat_signs.others(session, linus, made.id) == []


def test_a_canned_response_is_filled_from_the_chat_and_names_what_it_lacks(session, grace):
    text = "<p>Hi {{requester.first_name}}, this is #{{ticket.number}}. {{agent.first_name}}</p>"
    body = {"title": "Hi", "shortcut": "hi-chat", "content": text}
    row = canned_responses.create(session, grace, CannedResponseInput.parse(body))
    made = chat(session, grace, ("USER", "Hi"))
    first = canned.fill(session, grace, row.id, made.id)
    assert first.content == "Hi Jane, this is #{{ticket.number}}. Grace"
    assert first.empty == ["ticket.number"]
    ticket = make(session, grace, made.id)
    then = canned.fill(session, grace, row.id, made.id)
    assert then.content == f"Hi Jane, this is #{ticket.ticket_number}. Grace"
    assert "hi-chat" in {one["shortcut"] for one in canned.offered(session, grace)}


def test_messages_of_one_moment_keep_their_order(session, grace, clock):
    made = chat(session, grace)
    for number in range(5):
        say(session, grace, made.id, "USER", str(number))
    clock.shift(-60)
    say(session, grace, made.id, "USER", "behind the clock")
    shown = messages.messages(session, grace, made.id).items
    assert [one.content for one in shown] == ["0", "1", "2", "3", "4", "behind the clock"]
    assert len({one.created_at for one in shown}) == 6


def test_many_chats_become_a_ticket_each_once(session, grace):
    fresh = chat(session, grace, ("USER", "Hi"), escalation="ESCALATED")
    old = chat(session, grace, ("USER", "Hi"))
    before = make(session, grace, old.id)
    one, again = (chat_many.ticket_of(session, grace, fresh.id, click="a") for _ in range(2))
    assert one.number == again.number
    assert not one.is_old
    kept = chat_many.ticket_of(session, grace, old.id, click="a")
    assert (kept.number, kept.is_old) == (before.ticket_number, True)


def test_of_many_chats_each_says_what_it_lacks(session, grace):
    with pytest.raises(Conflict, match="no messages"):
        chat_many.ticket_of(session, grace, chat(session, grace).id, click="a")
    silent = chat(session, grace, ("USER", "Hi"), customerEmail=None)
    with pytest.raises(Invalid, match="no mail address"):
        chat_many.ticket_of(session, grace, silent.id, click="a")
