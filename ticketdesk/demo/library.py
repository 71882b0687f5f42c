"""Acme's canned responses, macros and saved views."""

from typing import Any

from sqlmodel import SQLModel

from ticketdesk.demo.desk import Desk
from ticketdesk.demo.script import read_file
from ticketdesk.models import CannedResponse, Macro, SavedView
from ticketdesk.services.library import variables
from ticketdesk.services.tickets.change import TicketChange


def shelve(desk: Desk) -> list[SQLModel]:
    """Return the library's rows.

    Raises:
        Invalid: a text has a variable that does not exist.
    """
    written = read_file("library")
    rows: list[SQLModel] = [_canned(desk, entry) for entry in written["canned"]]
    rows += [_macro(desk, entry) for entry in written["macro"]]
    rows += [_view(desk, entry, position) for position, entry in enumerate(written["view"])]
    return rows


def _canned(desk: Desk, entry: dict[str, Any]) -> CannedResponse:
    variables.require_known(entry["text"])
    return CannedResponse(
        **_common(desk, "canned", entry),
        folder=entry.get("folder", ""),
        shortcut=entry["shortcut"],
        content=entry["text"],
    )


def _macro(desk: Desk, entry: dict[str, Any]) -> Macro:
    change = TicketChange.parse(entry["change"])
    for text in (change.reply, change.note):
        variables.require_known(text or "")
    kept = change.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return Macro(**_common(desk, "macro", entry), actions=[kept])


def _view(desk: Desk, entry: dict[str, Any], position: int) -> SavedView:
    return SavedView(**_common(desk, "view", entry), query=entry["query"], position=position)


def _common(desk: Desk, prefix: str, entry: dict[str, Any]) -> dict[str, Any]:
    owner = desk.staff.get(entry.get("owner", ""))
    at = desk.organization.created_at
    return {
        "id": desk.identifiers.new(prefix, at),
        "organization_id": desk.organization.id,
        "owner_id": owner.id if owner else None,
        "title": entry["title"],
        "created_at": at,
    }
