"""Everything the browser loads, built where its sources changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ticketdesk.runtime.errors import StartError
from ticketdesk.web import build_widget as widget
from ticketdesk.web import published

ROOT = Path(__file__).parents[2]
_STAMP = ROOT / ".web" / "ticketdesk-sources"
_FOLDERS = ("ticketdesk", "assets", "reflex.lock")
_FILES = ("requirements.lock", "rxconfig.py", ".npmrc")


def nothing_changed() -> bool:
    """Whether no source at all changed since the last build, and that build is still there.

    Far cheaper than asking the staff app's build itself, which imports the framework to know
    exactly; what changed may still leave it with nothing to do.
    """
    try:
        same = _STAMP.read_text(encoding="ascii") == _sources()
    except FileNotFoundError:
        return False
    return same and published.inputs() != "" and widget.is_current()


def build_all() -> dict[str, bool]:
    """Build the staff app and the widget; whether each had to be.

    StartError with the tool's last words where one fails.
    """
    from ticketdesk.web.build import build
    from ticketdesk.web.node import NodeFailed

    sources = _sources()
    try:
        built = {"staff app": build(), "widget": widget.build_widget()}
    except NodeFailed as error:
        raise StartError(f"The frontend cannot be built: {error}") from error
    _STAMP.write_text(sources, encoding="ascii")
    return built


def _sources() -> str:
    digest = hashlib.sha256()
    for path in _inputs():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    yield from (ROOT / name for name in _FILES if (ROOT / name).exists())
    for folder in _FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path
