"""/app/settings/business-hours: when time counts."""

from typing import Any

import reflex as rx

from ticketdesk.services.sla import holidays
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.given import folded, mapped
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_PATH = "slaConfig.businessHours"


class BusinessHoursState(SettingsForm, rx.State):
    """Shifts, zone and days off; `read_days` are those of a calendar that was pasted."""

    hours: dict[str, Any] = {}
    sets: list[dict[str, str]] = []
    read_days: list[dict[str, str]] = []
    reads: int = 0

    async def _begin(self) -> None:
        await self._show()
        self.sets = set_options(await call(self, holidays.sets))

    async def _show(self) -> None:
        page = await self._read_settings()
        self.hours = page.values["slaConfig"]["businessHours"] or {}
        self.read_days = []

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the hours; due times of open tickets are worked out anew."""
        if await keep(self, self._save(form_values(values)), "Business hours saved"):
            await self._show()
        self._fold()

    def _fold(self) -> None:
        names = ("holidays", "holidaySets", "holidayNames", "weekly")
        self.problems = folded(self.problems, *(f"{_PATH}.{name}" for name in names))

    async def _save(self, given: dict[str, Any]) -> Any:
        hours = mapped(given.get("hours", "")) or None
        return await self._change({"slaConfig": {"businessHours": hours}})

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
