"""/app/settings/single-sign-on: the organization's own sign-in."""

from typing import Any

import reflex as rx

from ticketdesk.components.primitives.settings_nav import secret
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import check, field, form
from ticketdesk.state.settings.single_sign_on import SingleSignOnState

_VALUES = SingleSignOnState.values
_PROBLEMS = SingleSignOnState.problems


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Single sign-on",
        "Members sign in with your own OpenID Connect provider instead of a password.",
        rx.cond(
            _VALUES["redirectUri"].to(str) != "",
            card(
                "Register this address with the provider",
                secret(value=_VALUES["redirectUri"].to(str), label="Redirect address"),
            ),
        ),
        card("Provider", _form()),
        phase=SingleSignOnState.phase,
        again=SingleSignOnState.load,
    )


def _form() -> rx.Component:
    return form(
        _line(
            "Issuer",
            "issuer",
            "issuer",
            kind="url",
            hint="Such as https://login.example.com",
            longest=500,
        ),
        rx.el.div(
            _line("Client ID", "clientId", "clientId", longest=500),
            _secret(),
            class_name="pair",
        ),
        _line(
            "Mail domains",
            "allowedDomains",
            "domains",
            longest=2000,
            hint="Whom the provider may vouch for, such as example.com example.org",
        ),
        check(
            "Unknown addresses of these domains become agents",
            "makesAgents",
            checked=_VALUES["makesAgents"].to(bool),
        ),
        check("Switched on", "isActive", checked=_VALUES["isActive"].to(bool)),
        label="Single sign-on",
        button="Save",
        state=SingleSignOnState,
        submit=SingleSignOnState.save,
        save=SingleSignOnState.check,
    )


def _line(label: str, name: str, value: str, **more: Any) -> rx.Component:
    return field(label, name, _PROBLEMS, value=_VALUES[value].to(str), **more)


def _secret() -> rx.Component:
    return field(
        "Client secret",
        "clientSecret",
        _PROBLEMS,
        kind="password",
        hint="Leave empty to keep the stored one",
        longest=1000,
        complete="new-password",
    )
