"""/app/settings/profile: one's own second factor and sessions."""

from typing import Any

import reflex as rx

from ticketdesk.services import second_factor, sign_in_sessions
from ticketdesk.state.arguments import text
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.settings.saving import form_values, keep
from ticketdesk.state.watching import watch

_NO_ENROLMENT: dict[str, str] = {"secret": "", "svg": ""}


class ProfileState(rx.State):
    """What protects one's own account; secrets are on screen only while they are set up."""

    phase: str = "loading"
    is_on: bool = False
    codes_left: int = 0
    enrolment: dict[str, str] = _NO_ENROLMENT
    codes: list[str] = []
    sessions: list[dict[str, Any]] = []
    problems: dict[str, str] = {}
    tries: int = 0
    saved: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read the second factor and the sessions."""
        await self._show()
        self.problems, self.enrolment, self.codes = {}, _NO_ENROLMENT, []
        self.phase = "ready"
        await watch(self)

    async def _show(self) -> None:
        state = await call(self, second_factor.state_of)
        self.is_on, self.codes_left = state.is_on, state.codes_left
        rows = await call(self, sign_in_sessions.list_mine)
        self.sessions = [_session(row) for row in rows]

    @rx.event
    async def begin(self) -> None:
        """Show the picture for the authenticator app."""
        done = await call(self, second_factor.begin)
        self.enrolment = {"secret": done.secret, "svg": done.qr_svg}
        self.codes = []

    @rx.event
    async def confirm(self, values: dict[str, Any]) -> None:
        """Turn it on with a first code."""
        code = str(form_values(values).get("code", ""))
        done = await keep(self, call(self, second_factor.confirm, code), "Second factor is on")
        if done:
            self.codes, self.enrolment = done, _NO_ENROLMENT
            await self._show()

    @rx.event
    async def turn_off(self, values: dict[str, Any]) -> None:
        """Turn it off; asks for the password."""
        password = str(form_values(values).get("password", ""))
        off = call(self, second_factor.turn_off, password)
        if await keep(self, off, "Second factor is off"):
            self.codes = []
            await self._show()

    @rx.event
    async def end(self, session_id: str) -> None:
        """End one of one's sessions."""
        ending = call(self, sign_in_sessions.end, text(session_id, 100))
        await keep(self, ending, "Session ended")
        await self._show()

    @rx.event
    async def end_others(self) -> None:
        """End all sessions but this one."""
        await keep(self, call(self, sign_in_sessions.end_others), "Signed out everywhere else")
        await self._show()


def _session(row: sign_in_sessions.SignInSessionView) -> dict[str, Any]:
    return {
        "id": row.id,
        "agent": row.device,
        "ip": row.ip_address or "",
        "seen": row.last_seen_at.isoformat(),
        "current": row.is_current,
    }
