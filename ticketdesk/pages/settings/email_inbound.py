"""Part of /app/settings/email: how mail comes in, and the key that signs what leaves."""

import reflex as rx

from ticketdesk.components.fields import labelled
from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.primitives.picker import picker
from ticketdesk.components.primitives.settings_nav import secret
from ticketdesk.components.settings_frame import card
from ticketdesk.pages.settings.parts import choice, field, form
from ticketdesk.state.settings.email_inbound import DkimState, EmailInboundState

_STATE = EmailInboundState
_BOX = _STATE.mailbox
_WAYS = [
    {"value": "imap", "label": "A mailbox (IMAP)"},
    {"value": "sendgrid", "label": "SendGrid", "hint": "Inbound Parse"},
    {"value": "postmark", "label": "Postmark", "hint": "inbound stream"},
    {"value": "ses", "label": "Amazon SES", "hint": "receipt rule and SNS"},
    {"value": "mailgun", "label": "Mailgun", "hint": "route"},
    {"value": "raw", "label": "Your own server", "hint": "posts the raw message"},
]
_TLS = [{"value": "tls", "label": "TLS"}, {"value": "none", "label": "None"}]


def inbound() -> rx.Component:
    """The card of what comes in."""
    return card(
        "Receiving",
        labelled(
            "Mail comes by",
            picker(
                label="Mail comes by",
                look="field",
                value=_STATE.way,
                options=_WAYS,
                on_pick=_STATE.choose,
            ),
        ),
        rx.match(
            _STATE.way,
            ("imap", _mailbox()),
            ("raw", _raw()),
            _provider(),
        ),
        _check(),
        lead="Several ways can be open at once; a message that comes twice is stored once.",
    )


def _mailbox() -> rx.Component:
    return form(
        rx.el.div(
            _box("Server", "host", hint="Empty: no mailbox is fetched"),
            _box("Port", "port", kind="number", hint="Empty: 993"),
            class_name="pair",
        ),
        rx.el.div(
            _box("User", "username"),
            _secret("Password", "mailbox.imapPassword", "imapPassword"),
            class_name="pair",
        ),
        rx.el.div(
            _box("Folder", "folder", hint="Empty: INBOX"),
            _box("Taken messages move to", "takenFolder", hint="Empty: TicketDesk"),
            class_name="pair",
        ),
        choice(
            "Encryption",
            "mailbox.useTls",
            _STATE.problems,
            _TLS,
            value=rx.cond(_BOX["useTls"].to(str) == "false", "none", "tls"),
        ),
        label="Mailbox",
        button="Save mailbox",
        state=_STATE,
        submit=_STATE.save_mailbox,
        save=_STATE.check_mailbox,
    )


def _provider() -> rx.Component:
    return rx.fragment(
        rx.el.ol(
            rx.foreach(_STATE.steps[_STATE.way].to(list[str]), rx.el.li), class_name="mail-steps"
        ),
        _copy("Address for incoming mail", _STATE.addresses[_STATE.way].to(str)),
        rx.cond(
            _STATE.events.contains(_STATE.way),
            _copy("Address for delivery events", _STATE.events[_STATE.way].to(str)),
        ),
        form(
            rx.match(
                _STATE.way,
                ("sendgrid", _sendgrid()),
                ("postmark", _postmark()),
                ("ses", _proof("ARN of the SNS topic", "topicArn")),
                _secret("HTTP webhook signing key", "inbound.signingKey", "signingKey"),
            ),
            label="Proof",
            button="Save",
            state=_STATE,
            submit=_STATE.save_proofs,
            save=_STATE.check_proofs,
        ),
    )


def _sendgrid() -> rx.Component:
    events = "eventsPublicKey"
    return rx.fragment(
        _secret("Public key of Inbound Parse", "inbound.publicKey", "publicKey"),
        _secret("Public key of the event webhook", f"inbound.{events}", events),
    )


def _postmark() -> rx.Component:
    return rx.fragment(
        _proof("Webhook user", "user"),
        _secret("Webhook password", "inbound.password", "password"),
    )


def _raw() -> rx.Component:
    return rx.fragment(
        _copy("Address that takes raw messages", _STATE.raw),
        rx.el.p(
            "POST the message as message/rfc822 with an API key of scope inbound as"
            " Authorization: Bearer.",
            class_name="card-lead",
        ),
    )


def _check() -> rx.Component:
    return rx.fragment(
        rx.cond(
            _STATE.last.contains("at"),
            rx.el.p(
                "Last message: ",
                rx.el.strong(_STATE.last["sender"]),
                ", ",
                _STATE.last["subject"],
                " ",
                ago(at=_STATE.last["at"], wide=True),
                class_name="mail-line",
            ),
            rx.el.p("No message has come in yet.", class_name="card-lead"),
        ),
        rx.el.div(
            rx.el.button(
                "Check inbound", type="button", class_name="button", on_click=_STATE.try_mailbox
            ),
            rx.cond(_STATE.state != "", _found()),
            class_name="editor-line",
        ),
    )


def _found() -> rx.Component:
    return rx.el.p(
        rx.match(
            _STATE.state,
            ("QUEUED", "A worker signs in to the mailbox. "),
            ("FAILED", "It does not work. "),
            "It works. ",
        ),
        _STATE.words,
        role="status",
    )


def signing() -> rx.Component:
    """The card of the DKIM key."""
    return card(
        "DKIM",
        rx.cond(
            DkimState.value != "",
            rx.fragment(
                rx.el.p("Publish this TXT record; receivers check the signature with it."),
                _copy("Name of the record", DkimState.name),
                _copy("Value of the record", DkimState.value),
                rx.el.div(
                    rx.el.button(
                        "Stop signing",
                        type="button",
                        class_name="button",
                        on_click=DkimState.forget,
                    ),
                    class_name="form-foot",
                ),
            ),
            form(
                rx.el.div(
                    field("Domain", "domain", DkimState.problems, hint="As in the From address"),
                    field("Selector", "selector", DkimState.problems, value="desk"),
                    class_name="pair",
                ),
                label="DKIM key",
                button="Make a key",
                state=DkimState,
                submit=DkimState.generate,
                save=DkimState.check,
            ),
        ),
        lead="Signs mail that leaves by SMTP. The other providers sign by themselves.",
    )


def _copy(label: str, value: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.span(label, class_name="label", aria_hidden="true"),
        secret(value=value, label=label),
        class_name="field",
    )


def _box(label: str, name: str, *, kind: str = "text", hint: str = "") -> rx.Component:
    value = _BOX[name].to(str)
    return field(label, f"mailbox.{name}", _STATE.problems, value=value, kind=kind, hint=hint)


def _proof(label: str, name: str) -> rx.Component:
    return field(label, f"inbound.{name}", _STATE.problems, value=_STATE.proofs[name], longest=300)


def _secret(label: str, name: str, key: str) -> rx.Component:
    return rx.el.div(
        field(label, name, _STATE.problems, kind="password", longest=2000, complete="new-password"),
        rx.cond(
            _STATE.kept.contains(key),
            rx.el.span("One is stored; leave this empty to keep it.", class_name="field-hint"),
        ),
    )
