"""An organization's colour, made readable: contrast by WCAG 2.2 in both themes."""

import re

_LIGHT, _DARK = "#ffffff", "#14171c"
_READABLE = 4.6  # a little above the 4.5 of WCAG AA, for rounding


def _channels(color: str) -> tuple[float, float, float]:
    return tuple(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))  # type: ignore[return-value]


def _luminance(color: str) -> float:
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(color)
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #rrggbb colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(color: str, other: str, share: float) -> str:
    """Return `color` with a share (0 to 1) of another one."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(255 * (a * (1 - share) + b * share)):02x}" for a, b in pairs)


def readable(color: str, ground: str) -> str:
    """Return the colour, moved towards black or white until it reads well on a ground."""
    towards = "#000000" if _luminance(ground) > 0.4 else "#ffffff"
    for step in range(21):
        moved = mix(color, towards, step / 20)
        if contrast(moved, ground) >= _READABLE:
            return moved
    return towards


def stylesheet(color: str) -> str:
    """Return the CSS custom properties of a brand colour, for light and dark.

    Args:
        color: #rrggbb; anything else gives an empty style sheet.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
        return ""
    # White stays on colours that carry it, as brands expect; else near-black.
    ink = "#ffffff" if contrast("#ffffff", color) >= 4.5 else "#14171c"
    base = f"--brand:{color};--on-brand:{ink}"
    light_soft, dark_soft = mix(color, _LIGHT, 0.9), mix(color, _DARK, 0.78)
    light = f"--brand-text:{readable(color, light_soft)};--brand-soft:{light_soft}"
    dark = f"--brand-text:{readable(color, dark_soft)};--brand-soft:{dark_soft}"
    return (
        f":root{{{base};{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f":root[data-theme=dark]{{{dark}}}"
    )
