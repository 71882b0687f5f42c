"""/app/settings/organization: name, zone, language, logo and colour."""

from zoneinfo import available_timezones

import reflex as rx

from ticketdesk.components.primitives.settings_logo import logo_field
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import choice, field, form
from ticketdesk.services.organization_profile import LOCALES
from ticketdesk.state.settings.organization import COLOUR, OrganizationState

_VALUES = OrganizationState.values
_PROBLEMS = OrganizationState.problems


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "General",
        "How the organization is called and looks, and in which zone and language its desk thinks.",
        card(
            "Organization",
            form(
                field("Name", "name", _PROBLEMS, value=_VALUES["name"], longest=200),
                rx.el.div(
                    choice(
                        "Time zone",
                        "timezone",
                        _PROBLEMS,
                        _zones(),
                        value=_VALUES["timezone"],
                        prompt="Find a city…",
                    ),
                    choice("Language", "locale", _PROBLEMS, _locales(), value=_VALUES["locale"]),
                    class_name="pair",
                ),
                rx.el.p(
                    "Short name in addresses: ",
                    rx.el.code(_VALUES["slug"]),
                    class_name="field-hint",
                ),
                label="Organization",
                button="Save",
                state=OrganizationState,
                submit=OrganizationState.save,
                save=OrganizationState.check,
            ),
        ),
        card(
            "Look",
            logo_field(url=OrganizationState.logo, on_kept=OrganizationState.take_logo),
            _colour(),
            lead="What customers see: in the form, the chat, the portal and in mails.",
        ),
        phase=OrganizationState.phase,
        again=OrganizationState.load,
    )


def _colour() -> rx.Component:
    return form(
        field("Colour", COLOUR, _PROBLEMS, value=OrganizationState.colour, kind="color"),
        label="Look",
        button="Save colour",
        state=OrganizationState,
        submit=OrganizationState.save_colour,
        save=OrganizationState.check_colour,
    )


def _zones() -> list[dict[str, str]]:
    # Those with a place in their name; the others are old aliases.
    places = sorted(zone for zone in available_timezones() if "/" in zone)
    shown = [zone for zone in places if not zone.startswith(("Etc/", "SystemV/", "US/"))]
    return [{"value": zone, "label": zone.replace("_", " ")} for zone in ["UTC", *shown]]


def _locales() -> list[dict[str, str]]:
    return [{"value": code, "label": name} for code, name in LOCALES.items()]
