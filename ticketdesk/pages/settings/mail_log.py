"""/app/settings/mail-log: every mail in and out, what failed and what waits."""

import reflex as rx

from ticketdesk.components.fields import labelled
from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.primitives.shell import link
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.state.settings.mail_log import MailLogState

_DIRECTIONS = [{"value": "in", "label": "Received"}, {"value": "out", "label": "Sent"}]
_IN = [
    {"value": "failed", "label": "Failed"},
    {"value": "held", "label": "Held"},
    {"value": "taken", "label": "In tickets"},
    {"value": "aside", "label": "Kept aside"},
    {"value": "", "label": "Everything"},
]
_OUT = [
    {"value": "failed", "label": "Failed and bounced"},
    {"value": "queued", "label": "Queued"},
    {"value": "sent", "label": "Sent and delivered"},
    {"value": "silent", "label": "Not sent"},
    {"value": "", "label": "Everything"},
]
_TROUBLE = MailLogState.trouble


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Mail log",
        "Every mail in and out: what failed, what waits for somebody, and the server's own words.",
        card(
            "Wants an eye",
            rx.el.ul(
                _count(_TROUBLE["failedIn"], "received and not understood"),
                _count(_TROUBLE["held"], "held until an agent decides"),
                _count(_TROUBLE["failedOut"], "sent and not arrived"),
                class_name="mail-trouble",
            ),
        ),
        card("Mail", _filters(), _rows(), _foot()),
        phase=MailLogState.phase,
        again=MailLogState.load,
    )


def _count(number: rx.Var[int], words: str) -> rx.Component:
    return rx.el.li(rx.el.strong(number, class_name="number"), words)


def _filters() -> rx.Component:
    return rx.el.div(
        labelled(
            "Direction",
            picker(
                label="Direction",
                look="field",
                value=rx.cond(MailLogState.incoming, "in", "out"),
                options=_DIRECTIONS,
                on_pick=MailLogState.turn,
            ),
        ),
        labelled(
            "Show",
            picker(
                label="Show",
                look="field",
                value=MailLogState.kind,
                options=rx.cond(MailLogState.incoming, rx.Var.create(_IN), rx.Var.create(_OUT)),
                on_pick=MailLogState.narrow,
            ),
        ),
        class_name="pair",
    )


def _rows() -> rx.Component:
    return rx.cond(
        MailLogState.rows.length() > 0,
        rx.el.ul(rx.foreach(MailLogState.rows, _row), class_name="settings-rows"),
        rx.el.p(
            rx.cond(
                MailLogState.kind == "failed",
                "Nothing failed. What does will appear here, and can be tried again.",
                "There is no such mail.",
            ),
            class_name="card-lead",
        ),
    )


def _foot() -> rx.Component:
    return rx.el.div(
        rx.cond(
            MailLogState.has_more,
            rx.el.button(
                "Older mail", type="button", class_name="button", on_click=MailLogState.more
            ),
        ),
        rx.el.span(class_name="spring"),
        rx.cond(
            (MailLogState.kind == "failed") & (MailLogState.rows.length() > 0),
            rx.el.button(
                "Try all again",
                type="button",
                class_name="button primary",
                on_click=MailLogState.all_again,
            ),
        ),
        class_name="form-foot",
    )


def _row(row: Record) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row["who"].to(str)),
            rx.el.span(row["what"].to(str)),
            rx.el.span(row["words"].to(str), class_name="mail-words"),
            class_name="settings-row-words",
        ),
        rx.el.span(class_name="spring"),
        rx.el.span(row["state"].to(str), class_name="badge " + row["tone"].to(str)),
        rx.cond(
            row["ticket"].to(int) > 0,
            link(
                "#" + row["ticket"].to(str),
                to="/app/tickets/" + row["ticket"].to(str),
                class_name="button quiet",
            ),
        ),
        ago(at=row["at"].to(str)),
        _choices(row),
        class_name="settings-row",
        key=row["id"].to(str),
    )


def _choices(row: Record) -> rx.Component:
    mail_id = row["id"].to(str)
    return rx.fragment(
        rx.cond(row["again"].to(bool), _button("Try again", row, MailLogState.again(mail_id))),
        rx.cond(
            row["held"].to(bool),
            rx.fragment(
                _button("Accept", row, MailLogState.settle(mail_id, "accept")),
                _button("New ticket", row, MailLogState.settle(mail_id, "ticket")),
                _button("Discard", row, MailLogState.settle(mail_id, "discard")),
            ),
        ),
        rx.cond(
            mail_id.startswith("mail_"),
            rx.el.a(
                "Original",
                href="/api/mail/" + mail_id + "/original",
                download=mail_id + ".eml",
                # Not a screen of the app: the browser itself fetches it, and the log stays.
                custom_attrs={"reloadDocument": True},
                class_name="button quiet",
                aria_label="Original of " + row["what"].to(str),
            ),
        ),
    )


def _button(words: str, row: Record, event: rx.event.EventSpec) -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        class_name="button quiet",
        aria_label=words + ": " + row["what"].to(str) + ", " + row["who"].to(str),
        on_click=event,
    )
