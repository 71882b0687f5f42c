"""/app/settings/business-hours: when time counts."""

from typing import Any

import reflex as rx

from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import settings_page
from ticketdesk.services.sla import holidays
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.given import folded, mapped
from ticketdesk.state.settings.saving import as_before, form_values, keep, rehearse
from ticketdesk.state.watching import watch

_PATH = "slaConfig.businessHours"


class BusinessHoursState(rx.State):
    """Shifts, zone and days off; `read_days` are those of a calendar that was pasted."""

    phase: str = "loading"
    hours: dict[str, Any] = {}
    sets: list[dict[str, str]] = []
    read_days: list[dict[str, str]] = []
    reads: int = 0
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _version: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the hours and which holidays there are to choose from."""
        await self._show()
        self.sets = set_options(await call(self, holidays.sets))
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        page = await call(self, settings_page.read)
        # What another admin changed since goes into a form that shows the old values.
        self.saved += int(page.version != self._version)
        self._version = page.version
        self.hours = page.values["slaConfig"]["businessHours"] or {}
        self.read_days = []

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the hours; due times of open tickets are worked out anew."""
        undo = as_before(self)
        if await keep(self, self._save(form_values(values)), "Business hours saved", undo=undo):
            await self._show()
        self._fold()

    @rx.event
    async def check(self, values: dict[str, Any]) -> None:
        """Show what would be refused, while one types."""
        given = form_values(values)
        await rehearse(self, given, self._save(given))
        self._fold()

    def _fold(self) -> None:
        names = ("holidays", "holidaySets", "holidayNames", "weekly")
        self.problems = folded(self.problems, *(f"{_PATH}.{name}" for name in names))

    async def _save(self, given: dict[str, Any]) -> None:
        hours = mapped(given.get("hours", "")) or None
        patch = {"slaConfig": {"businessHours": hours}}
        await call(self, ticket_settings.change, patch, version=self._version)

    @rx.event
    async def read_calendar(self, content: str) -> None:
        """Read the days off of a calendar's text; they are kept with the form."""
        calendar = text(content).encode()
        found = await keep(self, call(self, holidays.in_file, calendar), "Calendar read")
        if isinstance(found, list):
            self.saved -= 1
            self.read_days = [{"day": one.day, "name": one.name} for one in found]
            self.reads += 1


def set_options(known: list[holidays.HolidaySetView]) -> list[dict[str, str]]:
    """Return countries and their parts as choices; the browser knows what they are called."""
    codes = [c for one in known for c in (one.code, *(f"{one.code}-{p}" for p in one.parts))]
    return [{"value": code, "label": code} for code in codes]
