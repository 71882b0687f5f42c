"""Every verb of the services: the public functions that begin with `(session, actor, …)`."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ticketdesk import services

_PREFIX = services.__name__ + "."


@lru_cache(maxsize=1)
def all_verbs() -> dict[str, Callable[..., Any]]:
    """Return verb by dotted name below `ticketdesk.services`."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.walk_packages(services.__path__, _PREFIX):
        for name, member in vars(importlib.import_module(module.name)).items():
            if _is_verb(name, member, module.name):
                found[f"{module.name.removeprefix(_PREFIX)}.{name}"] = member
    return found


def _is_verb(name: str, member: Any, module: str) -> bool:
    if name.startswith("_") or not inspect.isfunction(member) or member.__module__ != module:
        return False
    return list(inspect.signature(member).parameters)[:2] == ["session", "actor"]
