"""/app/settings/categories: what tickets are about."""

from typing import Any

import reflex as rx

from ticketdesk.state.settings.given import listed, mapped
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep


class CategoriesState(SettingsForm, rx.State):
    """The categories in the order in which they are offered."""

    categories: list[str] = []
    translations: dict[str, dict[str, str]] = {}

    async def _show(self) -> None:
        page = await self._read_settings()
        self.categories = page.values["embedConfig"]["categories"]
        self.translations = page.values["embedConfig"]["categoryTranslations"]

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the categories as they stand in the editor."""
        if await keep(self, self._save(form_values(values)), "Categories saved"):
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        names = listed(given.get("categories", ""))
        wanted = list(
            dict.fromkeys(name.strip() if isinstance(name, str) else name for name in names)
        )
        embed: dict[str, Any] = {"categories": wanted}
        if "categoryTranslations" in given:
            embed["categoryTranslations"] = mapped(given["categoryTranslations"])
        return await self._change({"embedConfig": embed})
