"""What a verb is called with: the world's own things, by the names and types of its parameters."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError

from tests.security.world import World
from ticketdesk.services import teams
from ticketdesk.services.desk.settings_before import Before
from ticketdesk.services.people.inviting import Invited

_BODIES: dict[str, dict[str, Any]] = {
    "CreateTicket": {
        "requesterName": "Jane Doe",
        "requesterEmail": "jane@customer.example",
        "subject": "A lamp",
        "description": "Dark.",
    },
    "UpdateTicket": {"priority": "LOW"},
    "AddResponse": {"content": "Hello"},
    "ChangeStatus": {"status": "CLOSED"},
    "CreateChat": {"title": "Lamp", "customerName": "Jane Doe"},
    "AddMessage": {"role": "AGENT", "content": "Hello"},
    "CannedResponseInput": {"title": "Bye", "shortcut": "bye", "content": "Bye!"},
    "MacroInput": {"title": "Open", "change": {"status": "OPEN"}},
    "SavedViewInput": {"title": "Open", "query": {}},
    "TeamInput": {"name": "Bulbs"},
    "Invite": {"email": "new@acme.example", "name": "New", "role": "AGENT"},
    "UpdateMember": {"name": "Linus T."},
}
_BODIES_ABOUT: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "LinkTicket": lambda ids: {"ticketId": ids["other_ticket_id"], "kind": "RELATED"},
    "MergeTickets": lambda ids: {"sourceTicketIds": [ids["other_ticket_id"]]},
    "SplitTicket": lambda ids: {"responseIds": [ids["response_id"]], "subject": "A lamp"},
    "BulkChange": lambda ids: {"ticketIds": [ids["ticket_id"]], "change": {"priority": "LOW"}},
}
_ROWS = {
    "library.canned_responses": "canned",
    "library.macros": "macro",
    "library.saved_views": "view",
}
_ANY_NUMBER = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
_SPECIAL: dict[str, dict[str, Any]] = {
    "api_keys.create": {"name": "Key", "scopes": ["read"]},
    "desk.settings_before.saving": {"kind": "team", "row_id": "", "service": teams.list_all},
    "desk.settings_before.take_back": {"before": Before("team")},
    "people.inviting.withdraw": {"invited": Invited("missing", "Kay", None)},
    "ticket_settings.put_back": {"values": {"enabled": True}},
    "drafts.save": {"place": "chat:new", "content": {"a": "b"}},
    "drafts.load": {"place": "chat:new"},
    "drafts.discard": {"place": "chat:new"},
    "members.add": {"email": "new@acme.example", "name": "New", "role": "AGENT"},
    "desk.change.change": {"field": "priority", "value": "LOW"},
    "desk.compose.save": {"kind": "reply", "content": "Hello"},
    "desk.compose.send": {"kind": "reply", "content": "Hello", "anyway": True, "latest": None},
    "desk.whole_text.whole": {"message": ""},
    "desk.relate.link": {"other": "missing", "kind": "RELATED"},
    "desk.relate.merge": {"target": "missing", "sources": ["missing"]},
    "desk.relate.merge_preview": {"target": "missing", "sources": ["missing"]},
    "desk.relate.split": {"response_ids": ["missing"], "subject": "A lamp"},
    "tickets.similar.of_requester": {"email": "jane@customer.example"},
    "sla.holidays.of_set": {"name": "DE", "year": 2026},
}


def for_verb(name: str, verb: Callable[..., Any], world: World) -> dict[str, Any]:
    """Return keyword arguments with which only the caller can be the reason of a refusal."""
    hints = get_type_hints(verb)
    chosen = dict(_SPECIAL.get(name, {}))
    row = _ROWS.get(name.rpartition(".")[0])
    for parameter in list(inspect.signature(verb).parameters.values())[2:]:
        if parameter.name in chosen or parameter.kind in _ANY_NUMBER:
            continue
        if parameter.name == "row_id" and row:
            chosen["row_id"] = world.ids[row]
        elif parameter.default is not parameter.empty:
            continue
        elif parameter.name in world.ids:
            chosen[parameter.name] = world.ids[parameter.name]
        else:
            chosen[parameter.name] = _of_type(hints.get(parameter.name), world)
    return chosen


def _of_type(kind: Any, world: World) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _model(kind, world)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    plain = {str: "missing", int: 1, bool: False, bytes: b"", datetime: datetime.now(UTC)}
    if kind in plain:
        return plain[kind]
    empty = {list: [], dict: {}, tuple: ()}
    return empty.get(get_origin(kind) or kind)


def _model(kind: type[BaseModel], world: World) -> Any:
    body = _BODIES.get(kind.__name__, {})
    if about := _BODIES_ABOUT.get(kind.__name__):
        body = about(world.ids)
    try:
        return kind.model_validate(body)
    except ValidationError:
        return kind.model_construct()
