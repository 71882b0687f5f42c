"""What a page wants to hear about; `realtime` sends the refreshes."""

import reflex as rx

from ticketdesk import realtime
from ticketdesk.realtime import LATER, Refresh
from ticketdesk.state.bell import BellState
from ticketdesk.state.shell import ShellState


async def watch(state: rx.State, here: dict[str, list[Refresh]] | None = None) -> None:
    """Follow the organization for the frame's counts, and what the screen itself wants.

    Args:
        here: refreshes by channel; `organization`, `chats` and `agent` stand for the signed-in
            person's own.
    """
    shell = await state.get_state(ShellState)
    if not shell._organization_id:
        await shell._load()
    names = {
        "organization": f"ticket:{shell._organization_id}",
        "chats": f"chat:{shell._organization_id}",
        "agent": f"agent:{shell._user_id}",
    }
    wanted: dict[str, list[Refresh]] = {
        names["organization"]: [Refresh(ShellState.refresh, within=LATER)],
        names["chats"]: [Refresh(ShellState.refresh_chats, within=LATER)],
        names["agent"]: [Refresh(BellState.refresh)],
        f"view:{shell._organization_id}": [Refresh(ShellState.refresh)],
        f"view:{shell._user_id}": [Refresh(ShellState.refresh)],
    }
    for channel, refreshes in (here or {}).items():
        wanted.setdefault(names.get(channel, channel), []).extend(refreshes)
    realtime.watch(state.router.session.client_token, wanted)
