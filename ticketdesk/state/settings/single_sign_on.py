"""/app/settings/single-sign-on: the organization's own sign-in."""

from typing import Any

import reflex as rx

from ticketdesk.services import single_sign_on
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.single_sign_on import SignOnInput
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import SettingsForm, form_values, keep

_EMPTY: dict[str, Any] = {
    "issuer": "",
    "clientId": "",
    "domains": "",
    "makesAgents": False,
    "isActive": True,
    "redirectUri": "",
}


class SingleSignOnState(SettingsForm, rx.State):
    """The provider's settings; its secret never comes back from the server."""

    values: dict[str, Any] = _EMPTY

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the provider."""
        if await keep(self, self._save(form_values(values)), "Single sign-on saved"):
            await self._show()

    async def _save(self, given: dict[str, Any]) -> Any:
        domains = str(given.get("allowedDomains", "")).replace(",", " ").split()
        command = SignOnInput.parse(
            {
                "issuer": given.get("issuer", ""),
                "clientId": given.get("clientId", ""),
                "clientSecret": given.get("clientSecret", ""),
                "allowedDomains": domains,
                "makesAgents": "makesAgents" in given,
                "isActive": "isActive" in given,
            }
        )
        save, version = single_sign_on.save, self._version
        return await call(self, saving, "single_sign_on", "", save, command, version=version)

    async def _show(self) -> None:
        view = await call(self, single_sign_on.read)
        self._renew(view.version if view else 0)
        if view is None:
            self.values = _EMPTY
            return
        self.values = {
            "issuer": view.issuer,
            "clientId": view.client_id,
            "domains": " ".join(view.allowed_domains),
            "makesAgents": view.makes_agents,
            "isActive": view.is_active,
            "redirectUri": view.redirect_uri,
        }
