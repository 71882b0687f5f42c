"""/app/settings/profile: one's own second factor and sessions."""

import reflex as rx

from ticketdesk.components.primitives.clock import ago
from ticketdesk.components.primitives.settings_nav import drawing, secret
from ticketdesk.components.records import Record
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import field, form
from ticketdesk.state.settings.profile import ProfileState

_PROBLEMS = ProfileState.problems


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Security",
        "What protects your own account.",
        rx.cond(ProfileState.codes.length() > 0, _codes()),
        rx.cond(
            ProfileState.is_on,
            _on(),
            rx.cond(ProfileState.enrolment["secret"] != "", _enrolling(), _off()),
        ),
        card(
            "Where you are signed in",
            rx.el.ul(rx.foreach(ProfileState.sessions, _session), class_name="settings-rows"),
            rx.cond(
                ProfileState.sessions.length() > 1,
                rx.el.button(
                    "Sign out everywhere else",
                    type="button",
                    class_name="button",
                    on_click=ProfileState.end_others,
                ),
            ),
        ),
        phase=ProfileState.phase,
        again=ProfileState.load,
    )


def _off() -> rx.Component:
    return card(
        "Second factor",
        rx.el.button(
            "Turn on", type="button", class_name="button primary", on_click=ProfileState.begin
        ),
        lead="Besides your password, a code from an app on your phone. Recommended for everybody.",
    )


def _enrolling() -> rx.Component:
    return card(
        "Second factor",
        drawing(svg=ProfileState.enrolment["svg"], alt="QR code for the authenticator app"),
        secret(value=ProfileState.enrolment["secret"], label="The same as text"),
        form(
            field(
                "Code",
                "code",
                _PROBLEMS,
                hint="The six digits that the app shows now",
                longest=10,
                complete="one-time-code",
            ),
            label="First code",
            button="Turn on",
            state=ProfileState,
            submit=ProfileState.confirm,
        ),
        lead="Scan the picture with an authenticator app, then type the code it shows.",
    )


def _on() -> rx.Component:
    return card(
        "Second factor",
        form(
            field(
                "Password",
                "password",
                _PROBLEMS,
                kind="password",
                longest=200,
                complete="current-password",
            ),
            label="Turn the second factor off",
            button="Turn off",
            state=ProfileState,
            submit=ProfileState.turn_off,
        ),
        lead="It is on. Recovery codes left: " + ProfileState.codes_left.to_string() + ".",
    )


def _codes() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "Keep these recovery codes in a safe place. Each signs you in once if your phone is"
            " lost. They are not shown again."
        ),
        rx.el.ul(
            rx.foreach(ProfileState.codes, lambda code: rx.el.li(rx.el.code(code))),
            class_name="codes",
        ),
        class_name="shown-once",
        role="status",
    )


def _session(row: Record) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row["agent"].to(str)),
            rx.el.span(row["ip"].to(str)),
            class_name="settings-row-words",
        ),
        rx.cond(
            row["current"].to(bool),
            rx.el.span("This one", class_name="badge accent"),
            rx.fragment(
                ago(at=row["seen"].to(str)),
                rx.el.button(
                    "Sign out",
                    type="button",
                    class_name="button quiet",
                    aria_label="Sign this session out",
                    on_click=ProfileState.end(row["id"].to(str)),
                ),
            ),
        ),
        class_name="settings-row",
        key=row["id"].to(str),
    )
