"""/app/settings/start: five steps to the first ticket, and their line in the sidebar."""

from typing import Any

import reflex as rx

from ticketdesk.services.desk import getting_started
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.shell import ShellState
from ticketdesk.state.toasts import ToastState
from ticketdesk.state.watching import watch


class GettingStartedState(rx.State):
    """The steps and how many are done."""

    phase: str = "loading"
    steps: list[dict[str, Any]] = []
    done: int = 0

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Read how far the organization is."""
        guide = await call(self, getting_started.read)
        self.steps = [
            {
                "number": number,
                "title": step.title,
                "words": step.words,
                "path": step.path,
                "done": step.is_done,
            }
            for number, step in enumerate(guide.steps, 1)
        ]
        self.done = guide.done
        self.phase = "ready"
        await watch(self)

    @rx.event
    async def dismiss(self) -> None:
        """Take the guide out of the sidebar."""
        await call(self, getting_started.dismiss)
        shell = await self.get_state(ShellState)
        await shell._load()
        toasts = await self.get_state(ToastState)
        toasts._add("The guide is put away; you find it under Settings")
