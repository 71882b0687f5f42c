"""The interactive documentation, served from our own port with nothing loaded from elsewhere."""

from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse, HTMLResponse, Response

from ticketdesk.errors import NotFound

routes = APIRouter(include_in_schema=False)

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
def docs_page() -> Response:
    """Show the documentation."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


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
