"""/app/settings/business-hours: when time counts."""

from zoneinfo import available_timezones

import reflex as rx

from ticketdesk.components.primitives.settings_hours import hours_editor
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import form
from ticketdesk.state.settings.business_hours import BusinessHoursState as State


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Business hours",
        "When the time of a promise runs. Outside of these hours it stands still.",
        card(
            "Hours",
            form(
                hours_editor(
                    name="hours",
                    initial=State.hours,
                    zones=zones(),
                    sets=State.sets,
                    problems=State.problems,
                    found=State.read_days,
                    reads=State.reads,
                    on_read=State.read_calendar,
                ),
                label="Business hours",
                button="Save",
                state=State,
                submit=State.save,
                save=State.check,
            ),
            lead="After a change the due times of open tickets are worked out anew.",
        ),
        phase=State.phase,
        again=State.load,
    )


def zones() -> list[dict[str, str]]:
    """The time zones that editors of hours offer."""
    # Those with a place in their name; the others are old aliases.
    places = sorted(zone for zone in available_timezones() if "/" in zone)
    shown = [zone for zone in places if not zone.startswith(("Etc/", "SystemV/", "US/"))]
    return [{"value": zone, "label": zone.replace("_", " ")} for zone in ["UTC", *shown]]
