"""/app/settings/customers: which company a customer is of, and who sees its tickets."""

import reflex as rx

from ticketdesk.components.primitives.glyphs import avatar
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import check, field, form
from ticketdesk.state.settings.customers import CustomersState

_EDITED = CustomersState.edited


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Customers",
        "Who writes to you. Put customers of one company together, and choose who of them sees all"
        " of its tickets in the portal.",
        rx.cond(_EDITED["id"] != "", _form()),
        card(
            "People",
            rx.el.input(
                placeholder="Name or address",
                aria_label="Find customers",
                class_name="input",
                default_value=CustomersState.words,
                max_length=200,
                on_change=CustomersState.search.debounce(300),
            ),
            rx.cond(
                CustomersState.rows.length() > 0,
                rx.el.ul(rx.foreach(CustomersState.rows, _row), class_name="settings-rows"),
                rx.el.p(
                    rx.cond(
                        CustomersState.words,
                        "Nobody of this name.",
                        "Whoever enters the portal, or is invited, appears here.",
                    ),
                    class_name="card-lead",
                    role="status",
                ),
            ),
        ),
        phase=CustomersState.phase,
        again=CustomersState.load,
    )


def _form() -> rx.Component:
    return card(
        _EDITED["name"].to(str),
        form(
            field(
                "Company",
                "company",
                CustomersState.problems,
                value=_EDITED["company"].to(str),
                hint="Written the same for everybody of it; empty for none",
                longest=200,
            ),
            check(
                "Sees all tickets of the company in the portal",
                "manages",
                checked=_EDITED["manages"].to(bool),
            ),
            label="Customer",
            button="Save customer",
            state=CustomersState,
            submit=CustomersState.save,
            save=CustomersState.check,
            more=rx.el.button(
                "Leave", type="button", class_name="button quiet", on_click=CustomersState.leave
            ),
        ),
    )


def _row(row: Record) -> rx.Component:
    person, name = row["id"].to(str), row["name"].to(str)
    return rx.el.li(
        avatar(name=name, large=True),
        rx.el.div(
            rx.el.strong(name), rx.el.span(row["email"].to(str)), class_name="settings-row-words"
        ),
        rx.cond(row["company"].to(str), rx.el.span(row["company"].to(str), class_name="badge")),
        rx.cond(row["manages"].to(bool), rx.el.span("Manager", class_name="badge accent")),
        rx.el.button(
            "Edit",
            type="button",
            class_name="button quiet",
            aria_label="Edit " + name,
            on_click=CustomersState.edit(person),
        ),
        class_name="settings-row",
        key=person,
    )
