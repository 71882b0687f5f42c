"""What a stranger sends to an event handler: nothing, nonsense, and what could do harm."""

import inspect
from collections.abc import Iterator
from typing import Any

from reflex_base.registry import RegistrationContext

from ticketdesk.ticketdesk import app

assert app, "its pages register the handlers"

HUGE = "x" * 250_000
"""More than any argument may have, less than a message of the websocket may have."""
_NONSENSE = (7, None, True, [[]], {"$ne": ""}, "\x00'; --")
_HARM: dict[str, Any] = {
    "words": "the",
    "field": "status",
    "value": "CLOSED",
    "role": "ADMIN",
    "available": False,
    "wanted": True,
    "content": "A stranger was here",
    "files": [],
    "kind": "reply",
    "close": True,
    "anyway": True,
    "agent": "me",
    "typing": True,
    "on": False,
    "up": True,
    "provider": "smtp",
    "name": "A stranger",
    "latest": "",
    "client_id": "stranger-1",
    "var_name": "phase",
}
_FORM = {
    "name": "A stranger",
    "email": "stranger@else.example",
    "role": "ADMIN",
    "subject": "A stranger was here",
    "description": "A stranger was here, and left this.",
    "requesterName": "A stranger",
    "requesterEmail": "stranger@else.example",
    "title": "A stranger",
    "content": "A stranger was here",
    "shortcut": "stranger",
    "url": "http://localhost:9/stranger",
    "scopes": ["read", "write"],
    "to": "stranger@else.example",
    "code": "123456",
    "version": "1",
}


def handlers() -> dict[str, list[str]]:
    """Return the parameters of every registered event handler, built-in ones included."""
    return {
        name: list(inspect.signature(known.handler.fn).parameters)[1:]
        for name, known in RegistrationContext.get().event_handlers.items()
    }


def payloads(name: str, parameters: list[str], ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield what to call a handler with.

    Args:
        name: the handler's registered name.
        parameters: the names of its parameters.
        ids: identifiers of another organization's things.
    """
    yield {}
    yield {"actor": {"role": "ADMIN", "organization_id": ids["organizations"]}}
    if not parameters:
        return
    for nonsense in _NONSENSE:
        yield dict.fromkeys(parameters, nonsense)
    for parameter in parameters:
        yield dict.fromkeys(parameters, "x") | {parameter: HUGE}
    if name.endswith(".setvar"):
        return
    form = _FORM | {f"{table.rstrip('s')}Id": known for table, known in ids.items()}
    # A handler that takes no identifier is told the same thing by each of them.
    told = ids.values() if set(parameters) - set(_HARM) else (ids["tickets"],)
    for known in told:
        harm = _HARM | {"values": form | {"id": known, "heir": known, "memberIds": [known]}}
        yield {parameter: harm.get(parameter, known) for parameter in parameters}
