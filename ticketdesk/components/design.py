"""Every colour, size, radius, shadow and duration of the product, as CSS custom properties.

Screens name tokens only. The two colour sets hold the same names; text colours meet 4.5:1 on every
surface they are used on (WCAG 2.2 AA), which the browser tests check with axe.
"""

from pathlib import Path

LIGHT = {
    "canvas": "#f7f7f9",
    "surface": "#ffffff",
    "raised": "#ffffff",
    "sunken": "#f3f4f6",
    "hover": "#f2f3f6",
    "pressed": "#e8eaef",
    "selected": "#eef1fe",
    "line": "#e7e8ed",
    "line-strong": "#d2d5de",
    "text": "#191c24",
    "text-2": "#4c5361",
    "text-3": "#646b7a",
    "placeholder": "#666d7c",
    "accent": "#3d56d6",
    "accent-hover": "#3148bd",
    "accent-text": "#334bc4",
    "accent-soft": "#eaeefd",
    "accent-line": "#c4cefa",
    "on-accent": "#ffffff",
    "focus": "#3d56d6",
    "danger": "#c2293d",
    "danger-soft": "#fdecee",
    "danger-line": "#f3c3c9",
    "warn": "#935400",
    "warn-soft": "#fdf2df",
    "warn-line": "#efd6a6",
    "ok": "#19703f",
    "ok-soft": "#e6f5ec",
    "ok-line": "#b7dfc7",
    "note": "#fffaeb",
    "note-line": "#f0e0b2",
    "note-text": "#7a5200",
    "status-new": "#8a4fd3",
    "status-open": "#3d6fe0",
    "status-progress": "#d78a10",
    "status-waiting": "#7d8494",
    "status-resolved": "#2a9a58",
    "status-ended": "#8b91a0",
    "priority-low": "#8b91a0",
    "priority-medium": "#6a7181",
    "priority-high": "#c9780a",
    "priority-urgent": "#d9552b",
    "priority-critical": "#c2293d",
    "scrim": "rgb(20 23 33 / 38%)",
    "shadow-raised": "0 1px 2px rgb(20 23 33 / 6%)",
    "shadow-pop": (
        "0 0 0 1px rgb(20 23 33 / 7%), "
        "0 4px 10px rgb(20 23 33 / 7%), "
        "0 16px 40px rgb(20 23 33 / 11%)"
    ),
    "shadow-dialog": (
        "0 0 0 1px rgb(20 23 33 / 7%), "
        "0 12px 32px rgb(20 23 33 / 14%), "
        "0 32px 80px rgb(20 23 33 / 18%)"
    ),
}

DARK = {
    "canvas": "#0e1014",
    "surface": "#14171c",
    "raised": "#1b1f26",
    "sunken": "#101318",
    "hover": "#1b1f26",
    "pressed": "#252a33",
    "selected": "#1d2442",
    "line": "#23272f",
    "line-strong": "#373d49",
    "text": "#e8eaef",
    "text-2": "#adb4c1",
    "text-3": "#8e96a5",
    "placeholder": "#878f9e",
    "accent": "#4c66e4",
    "accent-hover": "#4059d8",
    "accent-text": "#9aabff",
    "accent-soft": "#1d2442",
    "accent-line": "#34437f",
    "on-accent": "#ffffff",
    "focus": "#8094ff",
    "danger": "#ff8a94",
    "danger-soft": "#351a1f",
    "danger-line": "#66303a",
    "warn": "#f2b55a",
    "warn-soft": "#32260f",
    "warn-line": "#5c4719",
    "ok": "#63cf91",
    "ok-soft": "#12301f",
    "ok-line": "#245a3b",
    "note": "#221d10",
    "note-line": "#453a1b",
    "note-text": "#e9c46f",
    "status-new": "#b18af0",
    "status-open": "#6f9bff",
    "status-progress": "#efad4a",
    "status-waiting": "#8e96a5",
    "status-resolved": "#4fc382",
    "status-ended": "#6e7584",
    "priority-low": "#6e7584",
    "priority-medium": "#99a1b0",
    "priority-high": "#efad4a",
    "priority-urgent": "#ff8b5e",
    "priority-critical": "#ff7482",
    "scrim": "rgb(4 5 8 / 62%)",
    "shadow-raised": "0 1px 2px rgb(0 0 0 / 40%)",
    "shadow-pop": (
        "0 0 0 1px rgb(255 255 255 / 8%), 0 4px 10px rgb(0 0 0 / 35%), 0 16px 40px rgb(0 0 0 / 50%)"
    ),
    "shadow-dialog": (
        "0 0 0 1px rgb(255 255 255 / 9%), "
        "0 12px 32px rgb(0 0 0 / 45%), "
        "0 32px 80px rgb(0 0 0 / 60%)"
    ),
}

PEOPLE = (
    ("#dfe6fd", "#2f459f", "#26336e", "#c3cffd"),
    ("#d9f0e4", "#1c5f3b", "#1a4630", "#a9e3c3"),
    ("#fbe6d2", "#84480c", "#50310f", "#f6cc9c"),
    ("#f6dfef", "#86296a", "#52204a", "#f2b6dd"),
    ("#dcedf5", "#175770", "#173f51", "#a5d9ee"),
    ("#ece3fb", "#5c36a0", "#3a2869", "#d2bdf8"),
    ("#f9e0de", "#93302a", "#552320", "#f7b9b3"),
    ("#e8ecd3", "#515c12", "#373f14", "#d0dc92"),
)
"""Avatar pairs: background and text in the light set, then in the dark one."""

SCALE = {
    "font": "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', sans-serif",
    "mono": "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
    "size-11": "0.6875rem",
    "size-12": "0.75rem",
    "size-13": "0.8125rem",
    "size-14": "0.875rem",
    "size-16": "1rem",
    "size-20": "1.25rem",
    "size-28": "1.75rem",
    "line-tight": "1.25",
    "line-body": "1.55",
    "weight-regular": "420",
    "weight-medium": "520",
    "weight-strong": "620",
    "s1": "0.25rem",
    "s2": "0.5rem",
    "s3": "0.75rem",
    "s4": "1rem",
    "s5": "1.25rem",
    "s6": "1.5rem",
    "s8": "2rem",
    "s10": "2.5rem",
    "s14": "3.5rem",
    "radius-4": "4px",
    "radius-6": "6px",
    "radius-8": "8px",
    "radius-12": "12px",
    "radius-round": "999px",
    "control": "1.875rem",
    "control-small": "1.5rem",
    "row": "2.5rem",
    "bar": "3.25rem",
    "sidebar": "14.5rem",
    "facts": "19rem",
    "reading": "46rem",
    "form": "44rem",
    "quick": "110ms",
    "calm": "180ms",
    "ease": "cubic-bezier(0.2, 0.7, 0.3, 1)",
}

PHONE = "40rem"
BOOK = "52rem"
TABLET = "64rem"
"""Widths: below the last the sidebar is a drawer, below the second the facts are a panel, and below
the first a line becomes two."""


def _block(selector: str, tokens: dict[str, str], extra: str = "") -> str:
    body = "".join(f"--{name}:{value};" for name, value in tokens.items())
    return f"{selector}{{{body}{extra}}}"


def _people(first: int) -> dict[str, str]:
    return {
        f"person-{number}{part}": pair[first + offset]
        for number, pair in enumerate(PEOPLE)
        for offset, part in enumerate(("", "-text"))
    }


def tokens() -> str:
    """The custom properties of both themes as CSS text.

    The class on the root element is set before the first paint; without a script (or on the public
    pages before it ran) the system's preference decides.
    """
    light = _block(":root,.light", LIGHT | _people(0), "color-scheme:light;")
    dark = _block(".dark", DARK | _people(2), "color-scheme:dark;")
    system = _block(":root:not(.light,.dark)", DARK | _people(2), "color-scheme:dark;")
    avatars = (
        f".person-{number}{{background:var(--person-{number});color:var(--person-{number}-text)}}"
        for number in range(len(PEOPLE))
    )
    return "\n".join(
        [
            _block(":root", SCALE),
            light,
            dark,
            *avatars,
            f"@media (prefers-color-scheme:dark){{{system}}}",
            "@media (prefers-reduced-motion:reduce){:root{--quick:0.01ms;--calm:0.01ms}}",
        ]
    )


def stylesheet(source: Path) -> str:
    """Tokens, then every style sheet under `source`, as one text.

    Args:
        source: folder of the components; sheets are taken in the order of their names, with
            `base.css` first. `@media (phone)`, `(book)` and `(tablet)` stand for the widths.
    """
    sheets = sorted(source.rglob("*.css"), key=lambda path: (path.name != "base.css", path.name))
    text = "\n".join([tokens(), *(path.read_text(encoding="utf-8") for path in sheets)])
    return _widths(text)


def public_stylesheet(sheet: str) -> str:
    """Tokens, base and controls, then `sheet`, for the pages that are rendered on the server."""
    styles = Path(__file__).parent / "styles"
    shared = [(styles / name).read_text(encoding="utf-8") for name in ("base.css", "controls.css")]
    return _widths("\n".join([tokens(), *shared, sheet]))


def _widths(text: str) -> str:
    for name, width in (("phone", PHONE), ("book", BOOK), ("tablet", TABLET)):
        text = text.replace(f"({name})", f"(max-width:{width})")
    return text
