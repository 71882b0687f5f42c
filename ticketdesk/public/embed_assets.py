"""The built widget over HTTP: hashed files for ever, the loader for a short while, compressed."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from ticketdesk.web.build_widget import BUILT
from ticketdesk.web.etag import is_known

_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FOREVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300, stale-while-revalidate=86400"
# As the build names them; anything else is not even looked for.
_NAME = re.compile(r"[\w-]{1,60}(?:\.[\w-]{1,40})*\.(?:js|css)", re.ASCII)
LOADER = "eclipse-ticket-widget.js"


@dataclass(frozen=True, slots=True)
class Entry:
    """Addresses of a page's script, its style sheet, and what the script imports."""

    js: str
    css: str
    shared: tuple[str, ...] = ()


@lru_cache(maxsize=4)
def entry(name: str) -> Entry:
    """Return the built files of a page.

    Args:
        name: `chat`, `form` or `track`.
    """
    built = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    chunk = built[f"src/{name}/index.ts"]
    shared = tuple(f"/embed/{built[name]['file']}" for name in chunk.get("imports", ()))
    return Entry(js=f"/embed/{chunk['file']}", css=f"/embed/{chunk['css'][0]}", shared=shared)


async def loader(request: Request) -> Response:
    """Answer with the loader: its address never changes, so it is asked for again soon."""
    return _answer(request, BUILT / LOADER, _SHORT)


async def static(request: Request) -> Response:
    """Answer with a file whose name carries the hash of its content."""
    name = request.path_params["name"]
    if not _NAME.fullmatch(name):
        return _missing()
    return _answer(request, BUILT / "static" / name, _FOREVER)


@lru_cache(maxsize=64)
def _read(path: Path, suffix: str) -> tuple[bytes, str]:
    content = path.with_name(path.name + suffix).read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:20]}"'


def _answer(request: Request, path: Path, cached: str) -> Response:
    headers = {
        "Cache-Control": cached,
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    accepted = request.headers.get("accept-encoding", "")
    encoding, suffix = next(
        (pair for pair in (("br", ".br"), ("gzip", ".gz")) if pair[0] in accepted), ("", "")
    )
    try:
        content, etag = _read(path, suffix)
    except FileNotFoundError:
        return _missing()
    headers["ETag"] = etag
    if encoding:
        headers["Content-Encoding"] = encoding
    if is_known(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=_TYPES[path.suffix])


def _missing() -> Response:
    return Response("Not found", status_code=404, media_type="text/plain")
