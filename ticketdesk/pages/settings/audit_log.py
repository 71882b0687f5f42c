"""/app/settings/audit-log: who changed what."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.state.settings.audit_log import AuditLogState

_KINDS = [
    {"value": "", "label": "Everything"},
    {"value": "settings", "label": "Settings"},
    {"value": "organization", "label": "Organization"},
    {"value": "member", "label": "Members"},
    {"value": "team", "label": "Teams"},
    {"value": "rule", "label": "Rules"},
    {"value": "sla_policy", "label": "SLA policies"},
    {"value": "mail", "label": "Mail account"},
    {"value": "api_key", "label": "API keys"},
    {"value": "webhook", "label": "Webhooks"},
    {"value": "second_factor", "label": "Second factors"},
    {"value": "single_sign_on", "label": "Single sign-on"},
    {"value": "ticket", "label": "Deleted tickets"},
    {"value": "person", "label": "Persons' requests"},
    {"value": "retention", "label": "Retention"},
]


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Audit log",
        "Every change of settings, members and secrets. Tickets have their own history.",
        card(
            "Changes",
            _narrowed(),
            rx.cond(
                AuditLogState.rows.length() > 0,
                rx.el.ul(rx.foreach(AuditLogState.rows, _row), class_name="settings-rows"),
                rx.el.p(_none(), class_name="field-hint"),
            ),
            rx.cond(
                AuditLogState.has_more,
                rx.el.button(
                    "Older changes", type="button", class_name="button", on_click=AuditLogState.more
                ),
            ),
        ),
        phase=AuditLogState.phase,
        again=AuditLogState.load,
    )


def _narrowed() -> rx.Component:
    return rx.el.div(
        picker(
            label="Kind",
            look="field",
            value=AuditLogState.action,
            options=_KINDS,
            on_pick=AuditLogState.narrow_action,
        ),
        rx.el.input(
            placeholder="By whom",
            aria_label="By whom",
            class_name="input",
            default_value=AuditLogState.person,
            max_length=100,
            on_change=AuditLogState.narrow_person.debounce(300),
        ),
        class_name="pair",
    )


def _none() -> rx.Var[str]:
    return rx.cond(
        (AuditLogState.action == "") & (AuditLogState.person == ""),
        "Each change will appear here with what was before and what is now.",
        "Nothing like this was changed.",
    )


def _row(row: Record) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row["who"].to(str), " · ", row["what"].to(str)),
            rx.el.span(row["subject"].to(str)),
            rx.el.div(
                rx.foreach(row["changes"].to(list[str]), rx.el.span),
                class_name="changes",
            ),
            class_name="settings-row-words",
        ),
        ago(at=row["at"].to(str)),
        class_name="settings-row",
        key=row["id"].to(str),
    )
