"""The interactive documentation, served from our own port with nothing loaded from elsewhere."""

from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from ticketdesk.errors import NotFound

routes = APIRouter(include_in_schema=False)
_making = Lock()

# The package ships Swagger UI's files; nothing of it runs here.
_FILES = Path(find_spec("fastapi_offline").origin).parent / "static"
_ASSETS = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
}
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TicketDesk API</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
});
"""
# Swagger UI writes style attributes and draws its icons from data: addresses.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)


@routes.get("/api/docs")
def docs_page(request: Request) -> Response:
    """Show the documentation; the document is made while its reader still fetches the viewer."""
    return HTMLResponse(
        _PAGE,
        headers={"Content-Security-Policy": _POLICY},
        background=BackgroundTask(_document, request.app),
    )


@routes.api_route("/api/openapi.json", methods=["GET", "HEAD"])
def openapi_document(request: Request) -> Response:
    """Give the OpenAPI document.

    In a thread: making it takes most of a second, once a process, and nobody else is to wait.
    """
    return JSONResponse(_document(request.app))


def _document(api: Any) -> dict[str, Any]:
    with _making:
        return api.openapi()


@routes.get("/api/docs/start.js")
def docs_start() -> Response:
    """Start Swagger UI; apart from the page, so that no inline script is needed."""
    return Response(_START, media_type="text/javascript")


@routes.get("/api/docs/{name}")
def docs_asset(name: str) -> Response:
    """Give one of Swagger UI's files.

    Raises:
        NotFound: there is no such file.
    """
    kind = _ASSETS.get(name)
    if kind is None:
        raise NotFound("There is nothing at this address.")
    return FileResponse(
        _FILES / name, media_type=kind, headers={"Cache-Control": "public, max-age=86400"}
    )
