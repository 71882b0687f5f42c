"""Somebody else's web site: another origin, another port, a strict content security policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.support.serving import serving

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Shop</title>
<link rel="stylesheet" href="/shop.css">
<body><main><h1>Shop</h1><p>Nice things.</p><button id="buy">Buy</button></main>
{before}{scripts}</body></html>"""
# Rules that would ruin anything that is not shielded from them.
SHEET = "*{color:green} button{background:red!important} div,dialog{display:none!important}"


class HostSite:
    """Pages of the other site; `page` sets what the next request gets."""

    def __init__(self, port: int, desk: str) -> None:
        self.url = f"http://127.0.0.1:{port}/"
        self._desk = desk
        self.html = ""
        self.trusted_types = True
        self.files: dict[str, str] = {}

    def page(self, *attributes: str, before: str = "") -> str:
        """Put a widget for each string of attributes into the page; return its address."""
        script = '<script async src="{}/eclipse-ticket-widget.js" data-eclipse-tickets {}></script>'
        scripts = "".join(script.format(self._desk, one) for one in attributes)
        tag = '<script src="/before.js"></script>' if before else ""
        self.files = {"/before.js": before}
        self.html = PAGE.format(before=tag, scripts=scripts)
        return self.url

    @property
    def policy(self) -> str:
        """No inline style or script, Trusted Types, and only the desk's loader and frame."""
        return (
            f"default-src 'none'; script-src 'self' {self._desk}; style-src 'self';"
            f" frame-src {self._desk}"
            + ("; require-trusted-types-for 'script'" if self.trusted_types else "")
        )


@contextmanager
def host_site(desk: str) -> Iterator[HostSite]:
    """Serve the other site on a free port of 127.0.0.1, while the desk is at localhost."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            kind, text = "text/html", site.html
            if path == "/shop.css":
                kind, text = "text/css", SHEET
            elif path in site.files:
                kind, text = "text/javascript", site.files[path]
            self.send_response(404 if path == "/favicon.ico" else 200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", site.policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = HostSite(server.server_address[1], desk)
    with serving(server):
        yield site
