"""/app/settings/single-sign-on: the organization's own sign-in."""

from typing import Any

import reflex as rx

from ticketdesk.services import single_sign_on
from ticketdesk.services.single_sign_on import SignOnInput
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import form_values, keep
from ticketdesk.state.watching import watch

_EMPTY: dict[str, Any] = {
    "issuer": "",
    "clientId": "",
    "domains": "",
    "makesAgents": False,
    "isActive": True,
    "redirectUri": "",
}


class SingleSignOnState(rx.State):
    """The provider's settings; its secret never comes back from the server."""

    phase: str = "loading"
    values: dict[str, Any] = _EMPTY
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0
    _version: int | None = None

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the provider."""
        self._show(await call(self, single_sign_on.read))
        self.problems = {}
        self.phase = "ready"
        await watch(self)

    @rx.event
    async def save(self, values: dict[str, Any]) -> None:
        """Keep the provider."""
        done = await keep(self, self._save(form_values(values)), "Single sign-on saved")
        if done:
            self._show(done)

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
        return await call(self, single_sign_on.save, command, version=self._version)

    def _show(self, view: Any) -> None:
        if view is None:
            self.values, self._version = _EMPTY, None
            return
        self._version = view.version
        self.values = {
            "issuer": view.issuer,
            "clientId": view.client_id,
            "domains": " ".join(view.allowed_domains),
            "makesAgents": view.makes_agents,
            "isActive": view.is_active,
            "redirectUri": view.redirect_uri,
        }
