"""/app/settings/webhooks: where to tell what happens, and what came of it."""

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
from ticketdesk.services.webhooks.registry import EVENTS
from ticketdesk.state.settings.webhooks import WebhooksState

_EVENTS = [{"value": event, "label": event} for event in EVENTS]


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Webhooks",
        "The desk tells other systems what happens: a signed POST per event, retried for hours.",
        shown_once(
            WebhooksState.fresh,
            "Copy the secret now: the receiver checks X-TicketDesk-Signature with it. It is not"
            " shown again.",
            "The new webhook's secret",
        ),
        listing(
            WebhooksState.rows,
            _row,
            "Addresses",
            empty="No webhooks yet",
            lead="Name the first address below.",
        ),
        rx.cond(WebhooksState.opened != "", _log()),
        card("New webhook", _form()),
        phase=WebhooksState.phase,
        again=WebhooksState.load,
    )


def _form() -> rx.Component:
    problems = WebhooksState.problems
    return form(
        field(
            "Address",
            "url",
            problems,
            kind="url",
            hint="A public https:// address; redirects are not followed",
            longest=2000,
        ),
        rx.el.div(
            field("Description", "description", problems, longest=200),
            choice(
                "Events",
                "events",
                problems,
                _EVENTS,
                value=rx.Var.create([]),
                multiple=True,
                placeholder="Every event",
            ),
            class_name="pair",
        ),
        label="New webhook",
        button="Make webhook",
        state=WebhooksState,
        submit=WebhooksState.create,
        save=WebhooksState.check,
    )


def _row(row: Record) -> rx.Component:
    hook, url = row["id"].to(str), row["url"].to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(url), rx.el.span(row["words"].to(str)), class_name="settings-row-words"
        ),
        rx.cond(row["active"].to(bool), None, rx.el.span("Off", class_name="badge")),
        quiet_button("Log", "Log of " + url, WebhooksState.open(hook)),
        quiet_button(
            rx.cond(row["active"].to(bool), "Turn off", "Turn on"),
            "Switch " + url,
            WebhooksState.switch(hook),
        ),
        quiet_button("Delete", "Delete " + url, WebhooksState.delete(hook)),
        class_name=rx.cond(row["active"].to(bool), "settings-row", "settings-row gone"),
        key=hook,
    )


def _log() -> rx.Component:
    return rx.cond(
        WebhooksState.log.length() > 0,
        card(
            "Log",
            rx.el.ul(rx.foreach(WebhooksState.log, _line), class_name="settings-rows"),
            lead="The last 20 events, newest first.",
        ),
        card("Log", lead="Nothing was told yet."),
    )


def _line(line: Record) -> rx.Component:
    delivery = line["id"].to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(line["event"].to(str)),
            rx.el.span(line["words"].to(str)),
            class_name="settings-row-words",
        ),
        rx.el.span(line["state"].to(str), class_name="badge"),
        ago(at=line["at"].to(str)),
        quiet_button(
            "Tell again", "Tell this event again", WebhooksState.replay(line["id"].to(str))
        ),
        class_name="settings-row",
        key=delivery,
    )
