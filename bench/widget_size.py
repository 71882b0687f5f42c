"""What the widget weighs on the wire, beside two of its kind."""

import gzip
from collections.abc import Iterable
from pathlib import Path

import brotli

from bench.installation import Installation
from bench.results import Result, at_most
from ticketdesk.web.build_widget import BUILT, build_widget, built_files

LOADER_LIMIT = 3 * 1024
FORM_LIMIT = 25 * 1024
_PAGES = ("chat", "form", "portal", "track")
# Bytes after gzip. Chatwoot: its loader `sdk.js` as issue 6 states it, the widget behind it weighs
# hundreds of kilobytes more. Papercups: `dist/index.js` of @papercups-io/chat-widget 1.3.1, without
# the React, theme and animation packages it needs beside it.
PEERS = {"Chatwoot loader": 9_700, "Papercups chat widget": 7_636}


def run(installation: Installation | None = None) -> Iterable[Result]:
    """Measure loader, form, chat and tracking page as they are served, by gzip and by brotli."""
    build_widget()
    shared = [path for path in built_files() if path.parent != BUILT and not _is_of(path, _PAGES)]
    form = [*shared, *(path for path in built_files() if _is_of(path, ("form",)))]
    chat = [*shared, *(path for path in built_files() if _is_of(path, ("chat",)))]
    track = [path for path in built_files() if path.name.startswith(("track", "text"))]
    loader = [BUILT / "eclipse-ticket-widget.js"]
    yield at_most("loader, gzip", _gzip(loader), LOADER_LIMIT, "bytes", _details(loader))
    yield at_most(
        "form: script, styles and proof of work, gzip", _gzip(form), FORM_LIMIT, "bytes",
        _details(form),
    )  # fmt: skip
    yield at_most(
        "chat: script, styles and proof of work, gzip", _gzip(chat), FORM_LIMIT, "bytes",
        _details(chat),
    )  # fmt: skip
    yield Result("tracking page: script and styles, gzip", _gzip(track), "bytes")
    for peer, size in PEERS.items():
        yield Result(f"{peer}, gzip, for comparison", size, "bytes")


def _is_of(path: Path, pages: tuple[str, ...]) -> bool:
    """Whether a file is a page's own, by its name before the hash."""
    return path.name.split("-", 1)[0] in pages


def _gzip(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in paths)


def _details(paths: list[Path]) -> dict[str, int]:
    """Bytes by file: as built, by gzip, by brotli."""
    return {
        "plainBytes": sum(path.stat().st_size for path in paths),
        "gzipBytes": _gzip(paths),
        "brotliBytes": sum(len(brotli.compress(path.read_bytes())) for path in paths),
        "files": len(paths),
    }


if __name__ == "__main__":
    for result in run():
        print(result.line(), result.details)
