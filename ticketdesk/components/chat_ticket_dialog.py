"""The dialog "Create ticket from chat": everything filled in, every guess explained."""

import reflex as rx

from ticketdesk.components.fields import problem, text_field
from ticketdesk.components.primitives.chat_menu import done_dialog
from ticketdesk.components.primitives.dialog import dialog
from ticketdesk.components.primitives.form import draft_form
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.states import bone
from ticketdesk.services.desk.words import PRIORITY
from ticketdesk.state.chat_ticket import ChatTicketState

_VALUES = ChatTicketState.values
_PROBLEMS = ChatTicketState.problems
_REASONS = ChatTicketState.reasons


def chat_ticket_dialog() -> rx.Component:
    """The dialog; it closes when the ticket is there."""
    return rx.fragment(
        dialog(
            rx.cond(ChatTicketState.phase == "ready", _form(), _bones()),
            id="chat-ticket",
            title="Create ticket from chat",
            look="wide chat-ticket",
        ),
        done_dialog(dialog="chat-ticket", done=ChatTicketState.made),
    )


def _form() -> rx.Component:
    return draft_form(
        rx.el.div(
            rx.cond(
                ChatTicketState.problem,
                rx.el.p(
                    icon(name="alert"),
                    ChatTicketState.problem,
                    class_name="chat-problem",
                    role="alert",
                ),
            ),
            rx.cond(ChatTicketState.before > 0, _again()),
            _text("Subject", "subject"),
            rx.el.div(
                _text("Requester name", "requesterName"),
                _text("Requester email", "requesterEmail"),
                class_name="pair",
            ),
            rx.el.div(_priority(), _category(), class_name="pair"),
            rx.el.div(
                _check("transcript", "Include full transcript"),
                _check("attachments", "Include attachments"),
                _check("assign", "Assign to me"),
                class_name="chat-checks",
            ),
            _preview(),
            class_name="chat-ticket-fields",
        ),
        rx.el.div(
            rx.el.button("Create ticket", type="submit", class_name="button primary"),
            class_name="chat-ticket-foot",
        ),
        key=ChatTicketState.click,
        label="Ticket from chat",
        tries=ChatTicketState.tries,
        on_submit=ChatTicketState.create,
    )


def _again() -> rx.Component:
    """A further ticket is made on purpose, never because somebody did not see the first one."""
    return rx.el.p(
        icon(name="ticket"),
        rx.el.span(
            "This chat has ticket #",
            ChatTicketState.before.to_string(),
            " already. This makes a further one.",
        ),
        class_name="chat-again",
        role="status",
    )


def _text(label: str, name: str) -> rx.Component:
    return text_field(label, name, _kept(name), _error(name))


def _kept(name: str) -> rx.Var[str]:
    return rx.cond(_VALUES.contains(name), _VALUES[name], "")


def _error(name: str) -> rx.Var[str]:
    return rx.cond(_PROBLEMS.contains(name), _PROBLEMS[name], "")


def _priority() -> rx.Component:
    return _choice(
        "Priority",
        "priority",
        *(rx.el.option(word, value=str(value)) for value, word in PRIORITY.items()),
    )


def _category() -> rx.Component:
    return _choice(
        "Category",
        "category",
        rx.el.option("None", value=""),
        rx.foreach(ChatTicketState.categories, lambda name: rx.el.option(name, value=name)),
    )


def _choice(label: str, name: str, *options: rx.Component) -> rx.Component:
    """The browser's own list: one of ours would open beneath the dialog."""
    return rx.el.div(
        rx.el.label(label, html_for=f"field-{name}"),
        rx.el.select(
            *options,
            id=f"field-{name}",
            name=name,
            default_value=_kept(name),
            class_name="input",
            aria_describedby=f"{name}-reason",
        ),
        problem(name, _error(name)),
        rx.el.span(
            rx.cond(_REASONS[name], "Suggested: " + _REASONS[name], ""),
            id=f"{name}-reason",
            class_name="field-hint",
        ),
        class_name="field",
    )


def _check(name: str, label: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=True), label, class_name="check"
    )


def _preview() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h3("Preview of the transcript"),
            rx.el.span(
                ChatTicketState.messages.to_string(),
                rx.cond(ChatTicketState.messages == 1, " message", " messages"),
                rx.cond(
                    ChatTicketState.files > 0,
                    ", "
                    + ChatTicketState.files.to_string()
                    + rx.cond(ChatTicketState.files == 1, " file", " files"),
                    "",
                ),
                class_name="field-hint",
            ),
            class_name="chat-preview-head",
        ),
        rx.el.pre(
            rx.cond(ChatTicketState.preview, ChatTicketState.preview, "No messages yet."),
            tab_index=0,
            role="region",
            aria_label="Preview of the transcript",
        ),
        class_name="chat-preview",
    )


def _bones() -> rx.Component:
    return rx.el.div(
        *(bone("control") for _ in range(5)),
        class_name="chat-ticket-fields",
        role="status",
        aria_label="Filling the ticket in",
    )
