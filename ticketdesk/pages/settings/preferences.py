"""/app/settings/preferences: signature, look, first view, absence, and what one hears of."""

import reflex as rx

from ticketdesk.components.fields import text_area
from ticketdesk.components.navigation import VIEWS
from ticketdesk.components.primitives.own_look import allow_notifications
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import check, choice, error, form
from ticketdesk.services.people.preferences import DEFAULT_VIEWS, LANGUAGES
from ticketdesk.state.settings.preferences import PreferencesState as State

_PROBLEMS = State.problems
_THEMES = [
    {"value": "system", "label": "As the system has it", "glyph": "monitor"},
    {"value": "light", "label": "Light", "glyph": "sun"},
    {"value": "dark", "label": "Dark", "glyph": "moon"},
]
_DENSITIES = [
    {"value": "comfortable", "label": "Comfortable"},
    {"value": "compact", "label": "Compact"},
]
_MAILS = (
    ("mailOnAssignment", "A ticket is assigned to me"),
    ("mailOnMention", "Somebody mentions me"),
    ("mailOnTargets", "A target of mine is near or missed"),
    ("mailOnReply", "Somebody writes in a ticket of mine"),
    ("mailDigest", "A summary of my open tickets each morning"),
)


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Preferences",
        "How you like the desk. Only you see and change this.",
        form(
            card("Look", rx.el.div(_theme(), _density(), class_name="pair"), _dates()),
            card("Work", _first_view(), _away(), _signature()),
            card(
                "Mails to you",
                *(check(words, name, checked=State.ticks[name]) for name, words in _MAILS),
                lead="The bell in the app tells of all of these anyway.",
            ),
            card(
                "On this computer",
                check(
                    "Tell me through the browser while I look elsewhere",
                    "browserNotifications",
                    checked=State.ticks["browserNotifications"],
                ),
                allow_notifications(),
            ),
            label="Preferences",
            button="Save preferences",
            state=State,
            submit=State.save,
            save=State.check,
        ),
        phase=State.phase,
        again=State.load,
    )


def _theme() -> rx.Component:
    return choice("Theme", "theme", _PROBLEMS, _THEMES, value=State.values["theme"])


def _density() -> rx.Component:
    return choice("Density", "density", _PROBLEMS, _DENSITIES, value=State.values["density"])


def _dates() -> rx.Component:
    options = [{"value": value, "label": label} for value, label in LANGUAGES.items()]
    return choice(
        "Language of dates", "dateLanguage", _PROBLEMS, options, value=State.values["dateLanguage"]
    )


def _first_view() -> rx.Component:
    options = [
        {"value": view.name, "label": view.label, "glyph": view.icon}
        for view in VIEWS
        if view.name in DEFAULT_VIEWS
    ]
    return choice(
        "First view", "defaultView", _PROBLEMS, options, value=State.values["defaultView"]
    )


def _away() -> rx.Component:
    return rx.el.div(
        check("I am away", "away", checked=State.away),
        rx.el.span(
            "No ticket is assigned to you automatically meanwhile.", class_name="field-hint"
        ),
        class_name="field",
    )


def _signature() -> rx.Component:
    return text_area(
        "Signature",
        "mailSignature",
        State.values["mailSignature"],
        error(_PROBLEMS, "mailSignature"),
    )
