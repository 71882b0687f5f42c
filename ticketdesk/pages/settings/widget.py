"""/app/settings/widget: the public form, with the real one beside it."""

import reflex as rx

from ticketdesk.components.fields import text_area
from ticketdesk.components.primitives.settings_logo import logo_field
from ticketdesk.components.primitives.settings_nav import secret
from ticketdesk.components.primitives.settings_preview import preview
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.components.words import priority_options
from ticketdesk.pages.settings.parts import check, choice, error, field, form
from ticketdesk.state.settings.widget import WidgetState

_VALUES = WidgetState.values
_PROBLEMS = WidgetState.problems
_MODES = [
    {"value": "off", "label": "Off"},
    {"value": "auto", "label": "When many arrive", "hint": "asks only while it is busy"},
    {"value": "always", "label": "Always"},
]
_PROVIDERS = [
    {"value": "altcha", "label": "Our own", "hint": "no other host is asked"},
    {"value": "turnstile", "label": "Cloudflare Turnstile"},
    {"value": "hcaptcha", "label": "hCaptcha"},
]


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Widget",
        "The form through which customers write from your site.",
        rx.el.div(
            rx.el.div(_snippet(), card("Form", _form())),
            rx.el.div(
                card(
                    "Preview",
                    preview(
                        address=WidgetState.address,
                        label="The form as customers see it",
                    ),
                    lead="The real form, as you change it. Nothing is sent from here.",
                ),
                class_name="preview",
            ),
            class_name="settings-beside",
        ),
        phase=WidgetState.phase,
        again=WidgetState.load,
    )


def _snippet() -> rx.Component:
    return card(
        "Put it on your site",
        rx.el.div(secret(value=WidgetState.snippet, label="Snippet"), class_name="snippet"),
        lead="Paste this before the end of the body. Nothing loads until somebody clicks.",
    )


def _form() -> rx.Component:
    return form(
        _words(),
        _answers(),
        _safety(),
        label="Widget",
        button="Save",
        state=WidgetState,
        submit=WidgetState.save,
        save=WidgetState.show_draft,
    )


def _words() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            _line("Title", "title", longest=200),
            _line("Colour", "color", kind="color"),
            class_name="pair",
        ),
        logo_field(url=_VALUES["logoUrl"].to(str), on_kept=WidgetState.take_logo),
        _area("Confirmation", "confirmationMessage"),
        choice(
            "Priority of new tickets",
            "embedConfig.defaultPriority",
            _PROBLEMS,
            priority_options(),
            value=_VALUES["defaultPriority"],
        ),
    )


def _answers() -> rx.Component:
    return rx.fragment(
        rx.el.h4("Who may write"),
        rx.el.div(
            _check("Anybody, without being known", "allowAnonymous"),
            _check("Name and mail address are required", "requireEmail"),
            _check("Ask for a phone number", "requirePhone"),
            class_name="checks",
        ),
        _area("Sites that may show the form", "allowedSites"),
        rx.el.span(
            "One a line, such as https://*.shop.example. Empty lets every site show it.",
            class_name="field-hint",
        ),
    )


def _safety() -> rx.Component:
    return rx.fragment(
        rx.el.h4("Check against spam"),
        rx.el.div(
            choice("Ask", "embedConfig.captcha", _PROBLEMS, _MODES, value=_VALUES["captcha"]),
            choice(
                "Service",
                "embedConfig.captchaProvider",
                _PROBLEMS,
                _PROVIDERS,
                value=_VALUES["captchaProvider"],
            ),
            class_name="pair",
        ),
        rx.el.div(
            _line("Site key", "captchaSiteKey", hint="Of Turnstile or hCaptcha", longest=200),
            field(
                "Secret key",
                "captchaSecret",
                _PROBLEMS,
                kind="password",
                hint="Leave empty to keep the stored one",
                longest=500,
                complete="new-password",
            ),
            class_name="pair",
        ),
        check("Forget the stored secret key", "forgetSecret"),
    )


def _line(label: str, name: str, **more: object) -> rx.Component:
    return field(label, f"embedConfig.{name}", _PROBLEMS, value=_VALUES[name].to(str), **more)  # type: ignore[arg-type]


def _area(label: str, name: str) -> rx.Component:
    path = f"embedConfig.{name}"
    return text_area(label, path, _VALUES[name].to(str), error(_PROBLEMS, path))


def _check(label: str, name: str) -> rx.Component:
    return check(label, f"embedConfig.{name}", checked=_VALUES[name].to(bool))
