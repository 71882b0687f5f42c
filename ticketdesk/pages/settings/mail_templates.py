"""/app/settings/mail-templates: the organization's own words in every mail."""

import reflex as rx

from ticketdesk.components.fields import labelled, problem
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.primitives.settings_preview import preview
from ticketdesk.components.records import Words
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import error, field, form
from ticketdesk.state.settings.mail_templates import MailTemplatesState as State

_KINDS = [
    {"value": "created", "label": "Confirmation", "hint": "to the requester of a new ticket"},
    {"value": "response", "label": "Reply", "hint": "an agent's answer"},
    {"value": "status", "label": "Status changed", "hint": "resolved, closed or cancelled"},
    {"value": "auto_reply", "label": "Automatic answer", "hint": "by a rule, or out of hours"},
    {"value": "survey", "label": "Survey", "hint": "how satisfied the requester is"},
    {"value": "lost_link", "label": "Lost link", "hint": "the status page's address again"},
    {"value": "assigned", "label": "Assigned", "hint": "to the agent"},
    {"value": "mentioned", "label": "Mentioned", "hint": "to the agent"},
    {"value": "replied", "label": "New message", "hint": "to the agent"},
    {"value": "sla", "label": "Due soon", "hint": "to the agent"},
    {"value": "overdue", "label": "Overdue", "hint": "to the agent"},
    {"value": "sla_missed", "label": "Target missed", "hint": "to whom the policy names"},
    {"value": "notice", "label": "Notice of a rule", "hint": "to whom the rule names"},
]
_LANGUAGES = [
    {"value": "", "label": "Every language"},
    {"value": "en", "label": "English"},
    {"value": "de", "label": "German"},
    {"value": "fr", "label": "French"},
    {"value": "es", "label": "Spanish"},
    {"value": "it", "label": "Italian"},
    {"value": "nl", "label": "Dutch"},
    {"value": "pt", "label": "Portuguese"},
]


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Mail templates",
        "Your own words in every mail. What you leave as it is stays ours, in the reader's"
        " language.",
        card("Template", _which(), _editor()),
        _preview(),
        _variables(),
        phase=State.phase,
        again=State.load,
    )


def _which() -> rx.Component:
    return rx.el.div(
        labelled(
            "Mail",
            picker(
                label="Mail", look="field", value=State.kind, options=_KINDS, on_pick=State.choose
            ),
        ),
        labelled(
            "Readers of",
            picker(
                label="Readers of",
                look="field",
                value=State.language,
                options=_LANGUAGES,
                on_pick=State.speak,
            ),
        ),
        class_name="pair",
    )


def _editor() -> rx.Component:
    return form(
        field(
            "Subject",
            "subject",
            State.problems,
            value=State.values["subject"],
            longest=1000,
        ),
        _source("HTML", "html"),
        _source("Text", "text"),
        label="Template",
        button="Save template",
        state=State,
        submit=State.save,
        save=State.draft,
        more=rx.cond(
            State.own.length() > 0,
            rx.el.button(
                "Reset to default", type="button", class_name="button", on_click=State.take_ours
            ),
        ),
    )


def _source(label: str, name: str) -> rx.Component:
    wrong = error(State.problems, name)
    return rx.el.div(
        rx.el.label(label, html_for=f"field-{name}"),
        rx.el.textarea(
            id=f"field-{name}",
            name=name,
            default_value=State.values[name],
            max_length=100_000,
            rows=9,
            spell_check=False,
            class_name="input source",
            aria_invalid=rx.cond(wrong, "true", "false"),
            aria_describedby=rx.cond(wrong, f"{name}-problem", ""),
        ),
        problem(name, wrong),
        class_name="field",
    )


def _preview() -> rx.Component:
    address = (
        "/api/organization/mail-templates/"
        + State.kind
        + "/page?language="
        + State.language
        + "&dark="
        + rx.cond(State.dark, "true", "false")
        + "&shown="
        + State.shown.to_string()
    )
    return card(
        "Preview",
        rx.el.div(
            rx.el.strong(State.subject, class_name="mail-to"),
            rx.el.span(class_name="spring"),
            rx.el.button(
                rx.cond(State.dark, "Show it light", "Show it dark"),
                type="button",
                class_name="button",
                on_click=State.shade,
            ),
            class_name="editor-line",
        ),
        rx.el.div(
            preview(address=address, label="The mail as its reader sees it"),
            class_name=rx.cond(State.dark, "mail-frame dark", "mail-frame"),
        ),
        rx.el.h4("As plain text"),
        rx.el.pre(
            State.plain, class_name="mail-source", tab_index=0, aria_label="The mail as text"
        ),
        lead="With an example in it; it follows while you type.",
    )


def _variables() -> rx.Component:
    return card(
        "Variables",
        rx.el.dl(rx.foreach(State.variables, _variable), class_name="mail-variables"),
        lead="Write them as {{ ticket.number }}. Templates are Jinja, in a sandbox.",
    )


def _variable(one: Words) -> rx.Component:
    return rx.el.div(rx.el.dt(rx.el.code(one["name"])), rx.el.dd(one["words"]))
