"""A chat's messages: the scrolling part, the days and the times."""

import reflex as rx

from ticketdesk.components.primitives.module import Module


class ChatThread(Module):
    """Scrolls with the conversation; `first` and `latest` name the messages at its ends.

    `on_seen` fires when a new message came into view of somebody.
    """

    library = "$/ticketdesk/chat_thread"
    tag = "ChatThread"
    chat: rx.Var[str]
    first: rx.Var[str]
    latest: rx.Var[str]
    on_seen: rx.EventHandler[rx.event.no_args_event_spec]


class ChatDay(Module):
    """The date, where a new day begins after the message of `before`."""

    library = "$/ticketdesk/chat_thread"
    tag = "ChatDay"
    at: rx.Var[str]
    before: rx.Var[str]


class ChatTime(Module):
    """The time of day; the full date on hover."""

    library = "$/ticketdesk/chat_thread"
    tag = "ChatTime"
    at: rx.Var[str]


class BotMark(Module):
    """Stands where a person's initials would."""

    library = "$/ticketdesk/chat_thread"
    tag = "BotMark"


class ChatTyping(Module):
    """Who writes; it goes by itself when `heard` has not counted on for some seconds."""

    library = "$/ticketdesk/chat_thread"
    tag = "ChatTyping"
    names: rx.Var[str]
    heard: rx.Var[int]


bot_mark = BotMark.create
chat_typing = ChatTyping.create
chat_thread = ChatThread.create
chat_day = ChatDay.create
chat_time = ChatTime.create
