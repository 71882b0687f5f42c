"""Putting one line of a list at another place."""

from typing import Any


def moved(order: list[str], name: str, position: Any) -> list[str]:
    """Return the order with one name at a place counted from 0; [] when there is nothing to do."""
    if name not in order or type(position) is not int or not 0 <= position < len(order):
        return []
    others = [one for one in order if one != name]
    others.insert(position, name)
    return others if others != order else []
