"""The actions of a chat."""

import reflex as rx

from ticketdesk.components.primitives.module import Module, picked


class ChatMenu(Module):
    """A menu; "Create ticket" also opens the dialog `chat-ticket`."""

    library = "$/ticketdesk/chat_menu"
    tag = "ChatMenu"
    closed: rx.Var[bool]
    escalated: rx.Var[bool]
    on_ticket: rx.EventHandler[rx.event.no_args_event_spec]
    on_take: rx.EventHandler[rx.event.no_args_event_spec]
    on_escalate: rx.EventHandler[picked]
    on_close: rx.EventHandler[picked]


class DoneDialog(Module):
    """Closes the dialog of that id each time `done` counts on."""

    library = "$/ticketdesk/chat_menu"
    tag = "DoneDialog"
    dialog: rx.Var[str]
    done: rx.Var[int]


chat_menu = ChatMenu.create
done_dialog = DoneDialog.create
