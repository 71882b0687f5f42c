"""Templates, and the two small files that every public page loads."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ticketdesk.components.design import public_stylesheet
from ticketdesk.web import published

_HERE = Path(__file__).parent
_FOREVER = "public, max-age=31536000, immutable"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["assets"] = {name: f"/{name}?v={_digest(name)}" for name in ASSETS}
    return environment


def page(template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Render a public page; it is never kept by a cache.

    Args:
        template: file name below `templates`.
        status: the HTTP status.
        context: what the template shows.
    """
    html = _environment().get_template(template).render(**context)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


async def asset(request: Request) -> Response:
    """Answer with the style sheet or the script of the public pages."""
    name = request.url.path.lstrip("/")
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Response(_content(name), media_type=kind, headers={"Cache-Control": _FOREVER})


ASSETS = ("public.css", "public.js")


@lru_cache(maxsize=len(ASSETS))
def _content(name: str) -> str:
    text = (_HERE / "static" / name).read_text(encoding="utf-8")
    return f"{_font_face()}{public_stylesheet(text)}" if name.endswith(".css") else text


def _font_face() -> str:
    """The staff app's font, from the build: the login is the same product."""
    try:
        build = published.current()
    except FileNotFoundError:
        # The door alone, without the staff app, falls back to the system's font.
        return ""
    faces = (
        ("latin-ext", "U+100-2BA,U+1E00-1EFF,U+2020,U+20A0-20C0"),
        ("latin", "U+0-FF,U+131,U+152-153,U+2000-206F,U+20AC,U+2122,U+2212"),
    )
    return "".join(
        f"@font-face{{font-family:'Inter Variable';font-weight:100 900;font-display:swap;"
        f"src:url(/assets/{path.name}) format('woff2');unicode-range:{characters}}}"
        for subset, characters in faces
        for path in (build / "assets").glob(f"inter-{subset}-wght-normal-*.woff2")
    )


def _digest(name: str) -> str:
    return hashlib.sha256(_content(name).encode()).hexdigest()[:12]
