"""/app/settings/api-keys: keys for integrations."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import (
    choice,
    field,
    form,
    listing,
    quiet_button,
    shown_once,
)
from ticketdesk.state.settings.api_keys import ApiKeysState

_SCOPES = [
    {"value": "read", "label": "read", "hint": "look at tickets"},
    {"value": "write", "label": "write", "hint": "and change them"},
    {"value": "admin", "label": "admin", "hint": "and settings"},
    {"value": "inbound", "label": "inbound", "hint": "deliver mail only"},
]


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "API keys",
        "Keys for programs that work with the desk. Each does only what its scopes allow.",
        shown_once(
            ApiKeysState.fresh, "Copy the key now. It is not shown again.", "The new API key"
        ),
        listing(
            ApiKeysState.rows,
            _row,
            "Keys",
            empty="No keys yet",
            lead="Make one below, then read the API guide at /api/docs.",
        ),
        card("New key", _form()),
        phase=ApiKeysState.phase,
        again=ApiKeysState.load,
    )


def _form() -> rx.Component:
    problems = ApiKeysState.problems
    return form(
        rx.el.div(
            field(
                "Name",
                "name",
                problems,
                hint="What it is for, such as “Shop import”",
                longest=100,
            ),
            choice("Scopes", "scopes", problems, _SCOPES, value=["read"], multiple=True),
            class_name="pair",
        ),
        label="New API key",
        button="Make key",
        state=ApiKeysState,
        submit=ApiKeysState.create,
        save=ApiKeysState.check,
    )


def _row(row: Record) -> rx.Component:
    used, name = row["used"].to(str), row["name"].to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(name), rx.el.span(row["words"].to(str)), class_name="settings-row-words"
        ),
        rx.el.span(
            rx.cond(used, rx.fragment("used ", ago(at=used)), "never used"), class_name="field-hint"
        ),
        rx.cond(
            row["revoked"].to(bool),
            rx.el.span("Revoked", class_name="badge"),
            quiet_button("Revoke", "Revoke " + name, ApiKeysState.revoke(row["id"].to(str))),
        ),
        class_name=rx.cond(row["revoked"].to(bool), "settings-row gone", "settings-row"),
        key=row["id"].to(str),
    )
