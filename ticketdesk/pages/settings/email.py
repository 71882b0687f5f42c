"""/app/settings/email: how the desk writes, and through whom."""

import reflex as rx

from ticketdesk.components.fields import labelled, text_area
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.email_inbound import inbound, signing
from ticketdesk.pages.settings.parts import choice, error, field, form
from ticketdesk.state.settings.email import EmailState, TestMailState

_VALUES = EmailState.values
_ACCOUNT = EmailState.account
_PROBLEMS = EmailState.problems
_PROVIDERS = [
    {"value": "console", "label": "None", "hint": "mail is written to the log only"},
    {"value": "smtp", "label": "SMTP", "hint": "any mail server"},
    {"value": "sendgrid", "label": "SendGrid"},
    {"value": "postmark", "label": "Postmark"},
    {"value": "ses", "label": "Amazon SES"},
]
_SECURITY = [
    {"value": "starttls", "label": "STARTTLS"},
    {"value": "tls", "label": "TLS"},
    {"value": "none", "label": "None"},
]


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Email",
        "How the desk writes to customers, who carries its mail, and how theirs comes in.",
        card("Mail", _mail()),
        _trial(),
        _answers(),
        inbound(),
        rx.cond(EmailState.provider == "smtp", signing()),
        phase=EmailState.phase,
        again=EmailState.load,
    )


def _mail() -> rx.Component:
    return form(
        _sender(),
        rx.el.h4("Provider"),
        labelled(
            "Carried by",
            picker(
                label="Carried by",
                look="field",
                value=EmailState.provider,
                options=_PROVIDERS,
                on_pick=EmailState.choose,
            ),
        ),
        rx.match(
            EmailState.provider,
            ("smtp", _smtp()),
            ("sendgrid", _secret("API key", "apiKey")),
            ("postmark", _postmark()),
            ("ses", _ses()),
            rx.el.p("No mail leaves this desk until a provider is chosen.", class_name="card-lead"),
        ),
        label="Email",
        button="Save",
        state=EmailState,
        submit=EmailState.save,
        save=EmailState.check,
    )


def _sender() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            _line("From", "fromEmail", kind="email", hint="The address that sends"),
            _line("Name", "fromName", hint="Empty: the organization's name"),
            class_name="pair",
        ),
        rx.el.div(
            _line("Reply to", "replyToEmail", kind="email", hint="Empty: the address that sends"),
            _line(
                "Seconds to undo a reply",
                "undoSeconds",
                kind="number",
                hint="0 to 120; a reply waits that long before it leaves",
            ),
            class_name="pair",
        ),
        text_area(
            "Signature",
            "emailConfig.signature",
            _VALUES["signature"].to(str),
            error(_PROBLEMS, "emailConfig.signature"),
        ),
    )


def _smtp() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            _account("Server", "host"),
            _account("Port", "port", kind="number", hint="Empty: 587"),
            class_name="pair",
        ),
        rx.el.div(_account("User", "username"), _secret("Password", "password"), class_name="pair"),
        choice(
            "Encryption",
            "account.security",
            _PROBLEMS,
            _SECURITY,
            value=rx.cond(_ACCOUNT["security"], _ACCOUNT["security"], "starttls"),
        ),
    )


def _postmark() -> rx.Component:
    return rx.el.div(
        _secret("Server token", "token"),
        _account("Message stream", "stream", hint="Empty: outbound"),
        class_name="pair",
    )


def _ses() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            _account("Region", "region", hint="Such as eu-central-1"),
            _account("Configuration set", "configurationSet"),
            class_name="pair",
        ),
        rx.el.div(
            _account("Access key ID", "accessKeyId"),
            _secret("Secret access key", "secretAccessKey"),
            class_name="pair",
        ),
    )


def _answers() -> rx.Component:
    return card(
        "Automatic answers",
        form(
            _words("First answer", "first"),
            _words("Out of hours", "outOfHours"),
            field(
                "Hours until the survey",
                "emailConfig.answers.surveyAfterHours",
                _PROBLEMS,
                value=EmailState.answers["surveyAfterHours"],
                kind="number",
                hint="After a ticket was resolved; empty: nobody is asked",
            ),
            label="Automatic answers",
            button="Save answers",
            state=EmailState,
            submit=EmailState.save_answers,
            save=EmailState.check_answers,
        ),
        lead="The first answer stands in the confirmation of a new ticket. Out of business hours"
        " the other one takes its place, and answers whoever writes again. Machines get neither.",
    )


def _words(label: str, name: str) -> rx.Component:
    path = f"emailConfig.answers.{name}"
    return text_area(label, path, EmailState.answers[name], error(_PROBLEMS, path))


def _line(label: str, name: str, *, kind: str = "text", hint: str = "") -> rx.Component:
    value = _VALUES[name].to(str)
    return field(label, f"emailConfig.{name}", _PROBLEMS, value=value, kind=kind, hint=hint)


def _account(label: str, name: str, *, kind: str = "text", hint: str = "") -> rx.Component:
    value = _ACCOUNT[name].to(str)
    return field(label, f"account.{name}", _PROBLEMS, value=value, kind=kind, hint=hint)


def _secret(label: str, name: str) -> rx.Component:
    return rx.el.div(
        field(
            label,
            f"account.{name}",
            _PROBLEMS,
            kind="password",
            longest=500,
            complete="new-password",
        ),
        rx.cond(
            _ACCOUNT[f"{name}Kept"].to(bool),
            rx.el.span("One is stored; leave this empty to keep it.", class_name="field-hint"),
        ),
    )


def _trial() -> rx.Component:
    return card(
        "Send a test mail",
        form(
            field("To", "to", TestMailState.problems, kind="email", longest=254),
            label="Test mail",
            button="Send test mail",
            state=TestMailState,
            submit=TestMailState.send,
        ),
        rx.cond(
            TestMailState.state != "",
            rx.el.p(
                rx.match(
                    TestMailState.state,
                    ("QUEUED", "It is on its way. The result shows here."),
                    ("FAILED", "It could not be sent. "),
                    "It was handed to the provider. ",
                ),
                TestMailState.words,
                class_name="card-lead",
                role="status",
            ),
        ),
        lead="It goes the way of every mail, with the settings as saved.",
    )
