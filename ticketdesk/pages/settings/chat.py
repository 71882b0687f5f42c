"""/app/settings/chat: the customers' chat, when somebody is there, and where it is shown."""

import reflex as rx

from ticketdesk.components.fields import text_area
from ticketdesk.components.primitives.settings_nav import secret
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import check, error, form
from ticketdesk.state.settings.chat import ChatSettingsState

_VALUES = ChatSettingsState.values
_PROBLEMS = ChatSettingsState.problems


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Chat",
        "How customers talk to you live, and what happens while nobody is there.",
        card(
            "Put it on your site",
            rx.el.div(
                secret(value=ChatSettingsState.snippet, label="Snippet"), class_name="snippet"
            ),
            rx.el.p(
                "Or link to the chat itself: ",
                rx.el.a(ChatSettingsState.address, href=ChatSettingsState.address, target="_blank"),
                class_name="field-hint",
            ),
            lead="The widget with the chat in its dialog. Colour, logo, sites and who may write "
            "are those of the widget.",
        ),
        card("Chat", _form()),
        phase=ChatSettingsState.phase,
        again=ChatSettingsState.load,
    )


def _form() -> rx.Component:
    return form(
        _check("Customers can chat", "enabled"),
        rx.el.h4("When somebody is there"),
        rx.el.div(
            _check("During the business hours only", "followHours"),
            _check("Away now", "away"),
            class_name="checks",
        ),
        rx.el.span(
            rx.cond(
                ChatSettingsState.has_hours,
                "While you are away the chat leads to the form, and what was typed comes along. ",
                "There are no business hours yet, so the chat is open round the clock. ",
            ),
            link("Business hours", to="/app/settings/business-hours"),
            class_name="field-hint",
        ),
        text_area(
            "Greeting",
            "chat.greeting",
            _VALUES["greeting"].to(str),
            error(_PROBLEMS, "chat.greeting"),
        ),
        rx.el.span("Empty greets in the visitor's language.", class_name="field-hint"),
        label="Chat",
        button="Save",
        state=ChatSettingsState,
        submit=ChatSettingsState.save,
        save=ChatSettingsState.check,
    )


def _check(label: str, name: str) -> rx.Component:
    return check(label, f"chat.{name}", checked=_VALUES[name].to(bool))
