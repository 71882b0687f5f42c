"""A chat that is handed over rings for whom it goes to; the bell leads into it."""

from sqlmodel import select

from tests.services.chats.test_to_ticket import chat
from ticketdesk.models import Notification
from ticketdesk.services import notifications
from ticketdesk.services.chats import chats
from ticketdesk.services.chats.commands import UpdateChat
from ticketdesk.services.desk import bell
from ticketdesk.services.desk import chat as screen


def hand_over(session, actor, chat_id, to):
    return chats.update(session, actor, chat_id, UpdateChat.parse({"assignedToId": to}))


def words(session, actor):
    return [line["words"] for line in bell.lines(session, actor)]


def test_whoever_gets_a_chat_hears_of_it_at_once_and_is_led_to_it(session, grace, linus):
    made = chat(session, grace, ("USER", "The till is dark"), title="Dark till")
    hand_over(session, grace, made.id, linus.user_id)
    (line,) = bell.lines(session, linus)
    assert (line["words"], line["subject"]) == ("Grace Hopper handed you a chat", "Dark till")
    assert (line["to"], line["number"]) == (f"/app/chats/{made.id}", 0)
    assert notifications.unread(session, linus) == 1
    rung = [one for one in session.info["realtime"] if one.type == "notification:created"]
    assert [one.channels for one in rung] == [(f"agent:{linus.user_id}",)]


def test_who_takes_a_chat_keeps_it_or_loses_it_hears_nothing(session, grace, linus):
    made = chat(session, grace, ("USER", "Hi"))
    hand_over(session, grace, made.id, "me")
    hand_over(session, grace, made.id, "me")
    hand_over(session, linus, made.id, None)
    assert words(session, grace) == words(session, linus) == []


def test_each_hand_over_rings_and_a_change_of_something_else_does_not(session, grace, linus):
    made = chat(session, grace, ("USER", "Hi"))
    for to in (linus.user_id, grace.user_id, linus.user_id):
        hand_over(session, grace, made.id, to)
    chats.update(session, grace, made.id, UpdateChat(is_closed=True))
    assert words(session, linus) == ["Grace Hopper handed you a chat"] * 2


def test_looking_into_the_chat_reads_what_the_bell_told_of_it(session, grace, linus):
    one, other = (chat(session, grace, ("USER", "Hi")) for _ in range(2))
    for made in (one, other):
        hand_over(session, grace, made.id, linus.user_id)
    screen.open_chat(session, linus, one.id)
    assert notifications.unread(session, linus) == 2
    screen.open_chat(session, linus, one.id, seen=True)
    assert notifications.unread(session, linus) == 1
    unread = select(Notification.chat_id).where(Notification.read_at.is_(None))
    assert session.exec(unread).all() == [other.id]
