"""/app/settings/deleted-tickets: what was deleted and can still be restored."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago, day
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import quiet_button
from ticketdesk.services.deleted.purge import KEPT_DAYS
from ticketdesk.state.settings.deleted_tickets import DeletedTicketsState


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Deleted tickets",
        f"A deleted ticket can be restored for {KEPT_DAYS} days, with its messages, files, links"
        " and clocks. Then it goes for good.",
        card("Deleted", _search(), _rows(), _foot()),
        phase=DeletedTicketsState.phase,
        again=DeletedTicketsState.load,
    )


def _search() -> rx.Component:
    return rx.el.input(
        type="search",
        placeholder="Number, subject or requester",
        aria_label="Find a deleted ticket",
        class_name="input",
        default_value=DeletedTicketsState.words,
        max_length=100,
        on_change=DeletedTicketsState.narrow.debounce(300),
    )


def _rows() -> rx.Component:
    return rx.cond(
        DeletedTicketsState.rows.length() > 0,
        rx.el.ul(rx.foreach(DeletedTicketsState.rows, _row), class_name="settings-rows"),
        rx.el.p(
            rx.cond(
                DeletedTicketsState.words == "",
                "Nothing is deleted. What an admin deletes will wait here.",
                "No deleted ticket is called that.",
            ),
            class_name="card-lead",
            role="status",
        ),
    )


def _foot() -> rx.Component:
    return rx.cond(
        DeletedTicketsState.has_more,
        rx.el.button(
            "Deleted before", type="button", class_name="button", on_click=DeletedTicketsState.more
        ),
    )


def _row(row: Record) -> rx.Component:
    ticket, number = row["id"].to(str), row["number"].to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(number + " " + row["subject"].to(str)),
            rx.el.span(row["words"].to(str), " ", ago(at=row["at"].to(str), wide=True)),
            rx.el.span("Goes for good on ", day(date=row["goes"].to(str))),
            class_name="settings-row-words",
        ),
        rx.cond(
            DeletedTicketsState.asked == ticket, _question(ticket, number), _do(ticket, number)
        ),
        class_name="settings-row",
        key=ticket,
    )


def _do(ticket: rx.Var[str], number: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        quiet_button("Restore", "Restore " + number, DeletedTicketsState.restore(ticket)),
        quiet_button(
            "Delete for good", "Delete " + number + " for good", DeletedTicketsState.ask(ticket)
        ),
        class_name="settings-row-choices",
    )


def _question(ticket: rx.Var[str], number: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.span("There is no way back.", role="status"),
        quiet_button("Keep", "Keep " + number, DeletedTicketsState.ask("")),
        rx.el.button(
            "Delete for good",
            type="button",
            class_name="button danger",
            on_click=DeletedTicketsState.purge(ticket),
        ),
        class_name="settings-row-choices",
    )
