"""The built staff app over HTTP: precompressed, cached for good where the name carries a hash."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from ticketdesk.web.output import POLICY, SHELL

APP = "/app/"
_HOME = "/app/tickets"
_HASHED = "/assets/"
_FOREVER = "public, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_SHORT = "public, max-age=3600"
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    media_type: str
    encodings: dict[str, Path]
    etag: str


class StaticApp:
    """Serves the files of a build, and its shell at every address of the app.

    Args:
        folder: the finished build.
        is_page: tells whether an address belongs to a screen of the app.
        may_enter: tells whether the request comes from somebody who works here; others are led to
            the login first, so that no empty screen flashes up (it leads customers on).
        greet: adds what a page should know at once about who opens it.
        missing: the page for addresses that are nothing at all.
    """

    def __init__(
        self,
        folder: Path,
        *,
        is_page: Callable[[str], bool],
        may_enter: Callable[[Request], Awaitable[bool]],
        greet: Callable[[Request, Response], Awaitable[None]],
        missing: Callable[[], Response],
    ) -> None:
        self._missing = missing
        self._files = {
            f"/{p.relative_to(folder).as_posix()}": _described(p) for p in _served(folder)
        }
        self._shell = self._files.pop(f"/{SHELL}", None)
        self._is_page = is_page
        self._may_enter = may_enter
        self._greet = greet

    async def __call__(self, scope, receive, send) -> None:
        """Answer one request."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        if request.method not in {"GET", "HEAD"}:
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        if (file := self._files.get(path)) is not None:
            kept = _FOREVER if path.startswith(_HASHED) else _SHORT
            return _respond(file, request, kept)
        if path.startswith(_HASHED):
            # A page of an older build asks for its files; a page of words would only confuse it.
            return Response("Not found", status_code=404, media_type="text/plain")
        if path in {APP, APP.rstrip("/")}:
            return RedirectResponse(_HOME, status_code=303)
        if self._shell is None or not path.startswith(APP):
            return self._missing()
        if not await self._may_enter(request):
            return RedirectResponse(_login_for(request), status_code=303)
        answer = _respond(self._shell, request, _REVALIDATE)
        await self._greet(request, answer)
        if not self._is_page(path):
            # The app says so inside its frame; a crawler or a script reads the status.
            answer.status_code = 404
        return answer


def script_hashes(folder: Path) -> tuple[str, ...]:
    """The policy sources of the shell's inline scripts, written by the build."""
    return tuple(json.loads((folder / POLICY).read_text(encoding="utf-8")))


def _login_for(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/login?next={quote(request.url.path + query, safe='/')}"


def _served(folder: Path) -> list[Path]:
    hidden = {".br", ".gz"}
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in hidden and not path.name.startswith("ticketdesk-")
    ]


def _described(path: Path) -> _File:
    stat = path.stat()
    return _File(
        path=path,
        media_type=_TYPES.get(path.suffix)
        or guess_type(path.name)[0]
        or "application/octet-stream",
        encodings={
            name: twin
            for name, suffix in _ENCODINGS
            if (twin := path.with_name(path.name + suffix)).exists()
        },
        etag=f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"',
    )


def _respond(file: _File, request: Request, cache_control: str) -> Response:
    headers = {"Cache-Control": cache_control, "ETag": file.etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    accepted = {
        part.split(";")[0].strip()
        for part in request.headers.get("accept-encoding", "").split(",")
        if not part.replace(" ", "").endswith("q=0")
    }
    for name, twin in file.encodings.items():
        if name in accepted:
            return FileResponse(
                twin, headers=headers | {"Content-Encoding": name}, media_type=file.media_type
            )
    return FileResponse(file.path, headers=headers, media_type=file.media_type)
