"""/app/settings/single-sign-on: the organization's own sign-in."""

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
        card(
            "Provider",
            form(
                field(
                    "Issuer",
                    "issuer",
                    _PROBLEMS,
                    value=_VALUES["issuer"].to(str),
                    kind="url",
                    hint="Such as https://login.example.com",
                    longest=500,
                ),
                rx.el.div(
                    field(
                        "Client ID",
                        "clientId",
                        _PROBLEMS,
                        value=_VALUES["clientId"].to(str),
                        longest=500,
                    ),
                    field(
                        "Client secret",
                        "clientSecret",
                        _PROBLEMS,
                        kind="password",
                        hint="Leave empty to keep the stored one",
                        longest=1000,
                        complete="new-password",
                    ),
                    class_name="pair",
                ),
                field(
                    "Mail domains",
                    "allowedDomains",
                    _PROBLEMS,
                    value=_VALUES["domains"].to(str),
                    hint="Whom the provider may vouch for, such as example.com example.org",
                    longest=2000,
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
            ),
        ),
        phase=SingleSignOnState.phase,
        again=SingleSignOnState.load,
    )
