"""/app/settings/customers: which company a customer is of, and who sees its tickets."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.people import change, directory
from ticketdesk.services.people.change import UpdateMember
from ticketdesk.state.arguments import text
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_NONE: dict[str, Any] = {"id": "", "name": "", "company": "", "manages": False, "version": 0}


class CustomersState(SettingsForm, rx.State):
    """The customers that were found, and the one who is being changed."""

    words: str = ""
    rows: list[dict[str, Any]] = []
    edited: dict[str, Any] = _NONE

    async def _begin(self) -> None:
        self.edited = _NONE
        await self._show()

    async def _show(self) -> None:
        found = await call(self, directory.list_customers, self.words)
        self.rows = [
            {
                "id": one.id,
                "name": one.name,
                "email": one.email,
                "company": one.company or "",
                "manages": one.manages_company,
                "version": one.version,
            }
            for one in found
        ]

    @rx.event
    async def search(self, words: str) -> None:
        """Find customers by what their name or address begins with."""
        self.words = text(words, 200)
        await self._show()

    @rx.event
    async def edit(self, user_id: str) -> None:
        """Put a customer into the form."""
        wanted = text(user_id, 100)
        self.edited = next((row for row in self.rows if row["id"] == wanted), _NONE)
        self.problems = {}
        self.saved += 1

    @rx.event
    async def leave(self) -> None:
        """Leave a customer as they are."""
        self.edited, self.problems = _NONE, {}
        self.saved += 1

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the customer's company."""
        if await keep(self, self._save(form_values(values)), "Customer saved"):
            self.edited = _NONE
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        company = text(given.get("company", ""), 300).strip()
        command = UpdateMember.parse(
            {"company": company or None, "managesCompany": bool(company) and "manages" in given}
        )
        person, version = self.edited["id"], self.edited["version"]
        return await call(
            self, saving, "member", person, change.update, person, command, version=version
        )
