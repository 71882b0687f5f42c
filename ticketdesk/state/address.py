"""What a page's address says. It is the browser's word: it names things, and proves nothing."""

import re

import reflex as rx

_CHAT = re.compile(r"/app/chats/([A-Za-z0-9_]{1,80})/?")
_TICKET = re.compile(r"/app/tickets/([A-Za-z0-9_]{1,80})/?")


def ticket_reference(state: rx.State) -> str:
    """Return the identifier or number in a ticket's address, or "" where there is none."""
    found = _TICKET.fullmatch(state.router.url.path)
    return found.group(1) if found and found.group(1) != "new" else ""


def chat_reference(state: rx.State) -> str:
    """Return the identifier in a chat's address, or "" where there is none."""
    found = _CHAT.fullmatch(state.router.url.path)
    return found.group(1) if found else ""
