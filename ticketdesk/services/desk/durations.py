"""Lengths of time in words."""


def spoken(minutes: int) -> str:
    """Return minutes as hours and minutes, exactly: `2 h 5 min`, `45 min`, `120 h`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours:,} h {rest} min" if rest else f"{hours:,} h"
