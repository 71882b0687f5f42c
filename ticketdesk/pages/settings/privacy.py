"""/app/settings/privacy: how long things are kept, and what a person may ask for."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import field, form
from ticketdesk.state.settings.privacy import PersonState, RetentionState

_VALUES = RetentionState.values
_FOUND = PersonState.found


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Retention and erasure",
        "What goes by itself when it is old enough, and what a person may ask for:"
        " a copy of what you hold of them, and its erasure.",
        card(
            "How long things are kept",
            _periods(),
            rx.cond(
                RetentionState.tonight,
                rx.el.p(RetentionState.tonight, role="status", class_name="field-hint"),
            ),
            lead="Every night what is older is deleted for good. Empty keeps it.",
        ),
        card(
            "A person's request",
            form(
                field(
                    "Email",
                    "email",
                    PersonState.problems,
                    kind="email",
                    hint="The address they write from",
                    longest=254,
                ),
                label="Look up a person",
                button="Look up",
                state=PersonState,
                submit=PersonState.look_up,
            ),
            rx.cond(_FOUND.contains("email"), _person()),
        ),
        rx.cond(PersonState.rows.length() > 0, _erasures()),
        phase=RetentionState.phase,
        again=RetentionState.load,
    )


def _periods() -> rx.Component:
    return form(
        rx.el.div(
            _days("Closed tickets", "retention.closedTicketDays", "closedTicketDays"),
            _days("Original mails", "retention.originalMailDays", "originalMailDays"),
            class_name="pair",
        ),
        rx.el.div(
            _days("Audit log", "retention.auditDays", "auditDays"),
            _days(
                "Files move to the archive after",
                "files.archiveAfterDays",
                "archiveAfterDays",
                hint="Days after the ticket was closed; they can still be opened",
            ),
            class_name="pair",
        ),
        field(
            "Archive",
            "files.archiveTo",
            RetentionState.problems,
            value=_VALUES["archiveTo"],
            hint="A folder of the storage, or s3://bucket/folder where the operator allows it",
            longest=200,
        ),
        label="Retention",
        button="Save",
        state=RetentionState,
        submit=RetentionState.save,
        save=RetentionState.check,
    )


def _days(label: str, name: str, key: str, *, hint: str = "Days, at least 30") -> rx.Component:
    return field(label, name, RetentionState.problems, value=_VALUES[key], kind="number", hint=hint)


def _person() -> rx.Component:
    return rx.el.section(
        rx.el.h4(_FOUND["name"]),
        rx.match(
            _FOUND["state"],
            ("unknown", rx.el.p("The desk holds nothing of this address.", role="status")),
            (
                "working",
                rx.fragment(
                    _counts(),
                    rx.el.p(
                        "This member works here. Deactivate them under Members first.",
                        class_name="field-hint",
                    ),
                    _copy(),
                ),
            ),
            rx.fragment(_counts(), _copy(), _erase()),
        ),
        aria_label="What the desk holds",
        class_name="person-found",
    )


def _counts() -> rx.Component:
    return rx.el.div(
        rx.el.dl(rx.foreach(PersonState.counts, _count), class_name="person-counts"), role="status"
    )


def _count(row: Record) -> rx.Component:
    return rx.el.div(
        rx.el.dt(row["label"].to(str)), rx.el.dd(row["number"].to(str)), key=row["label"].to(str)
    )


def _copy() -> rx.Component:
    return rx.el.p(
        rx.el.a(
            "Download a copy",
            href=_FOUND["export"],
            class_name="button",
            download="",
            # Not a screen of the app: the browser itself fetches it.
            custom_attrs={"reloadDocument": True},
        ),
        rx.el.span(
            " Their tickets, messages, chats and files, without internal notes.",
            class_name="field-hint",
        ),
    )


def _erase() -> rx.Component:
    return rx.fragment(
        rx.el.h4("Erase"),
        rx.el.p(
            "Name, address and every text of their tickets and chats are replaced, notes and"
            " answers included. Files, original mails and tracking links are deleted, the account"
            " is closed. Numbers in reports stay. There is no way back.",
            class_name="card-lead",
        ),
        form(
            field(
                "Type the address once more",
                "confirmation",
                PersonState.problems,
                hint="As it was looked up above; this cannot be undone",
                longest=254,
            ),
            label="Erase a person",
            button="Erase for good",
            state=PersonState,
            submit=PersonState.erase,
            more=rx.el.button(
                "Keep", type="button", class_name="button quiet", on_click=PersonState.leave
            ),
        ),
    )


def _erasures() -> rx.Component:
    return card(
        "Erasures",
        rx.el.ul(rx.foreach(PersonState.rows, _row), class_name="settings-rows"),
        rx.el.button(
            "Look again", type="button", class_name="button", on_click=PersonState.look_again
        ),
        lead="That somebody was erased stays on record; who it was does not.",
    )


def _row(row: Record) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(rx.cond(row["done"].to(bool), "Erased", "Being erased")),
            rx.el.span(row["words"].to(str)),
            class_name="settings-row-words",
        ),
        ago(at=row["at"].to(str)),
        class_name="settings-row",
        key=row["id"].to(str),
    )
