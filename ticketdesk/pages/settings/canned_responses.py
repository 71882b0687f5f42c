"""/app/settings/canned-responses: texts and macros, one's own and everybody's."""

import reflex as rx

from ticketdesk.components.fields import rich_area
from ticketdesk.components.primitives.form import draft_form
from ticketdesk.components.primitives.glyphs import icon
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.library_parts import example, foot, listing, shared_box
from ticketdesk.pages.settings.macros import macro_cards
from ticketdesk.pages.settings.parts import error, field
from ticketdesk.state.settings.canned_responses import CannedResponsesState as State

_EDITED = State.edited
_PROBLEMS = State.problems


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Canned responses",
        "Texts you write again and again, and changes you make in one click.",
        listing(
            "Texts",
            State,
            empty="No texts yet",
            lead="Write the first one below; type / in a reply to insert it.",
            words=_words,
        ),
        card(
            "Text",
            rx.fragment(
                draft_form(
                    *_fields(),
                    foot("Save text", State),
                    label="Text",
                    tries=State.tries,
                    on_save=State.preview,
                    on_submit=State.save,
                ),
                key=State.saved.to_string(),
            ),
        ),
        *macro_cards(),
        phase=State.phase,
        again=State.load,
    )


def _words(row: Record) -> rx.Var[str]:
    folder = row["folder"].to(str)
    return "/" + row["shortcut"].to(str) + rx.cond(folder != "", " · " + folder, "").to(str)


def _fields() -> list[rx.Component]:
    return [
        rx.el.div(
            field("Title", "title", _PROBLEMS, value=_EDITED["title"].to(str), longest=200),
            field(
                "Shortcut",
                "shortcut",
                _PROBLEMS,
                value=_EDITED["shortcut"].to(str),
                hint="Typed after / in a reply",
                longest=41,
            ),
            class_name="pair",
        ),
        field(
            "Folder",
            "folder",
            _PROBLEMS,
            value=_EDITED["folder"].to(str),
            hint="Empty for none",
            longest=100,
        ),
        rich_area("Text", "content", _EDITED["content"].to(str), error(_PROBLEMS, "content")),
        _variables(),
        example("A customer would get", State.example),
        shared_box(_EDITED),
    ]


def _variables() -> rx.Component:
    return rx.el.details(
        rx.el.summary(icon(name="forward"), "Variables"),
        rx.el.ul(
            rx.foreach(
                State.names,
                lambda one: rx.el.li(rx.el.code(one["name"]), " ", one["words"]),
            ),
            class_name="variables",
        ),
        class_name="calendar-text",
    )
