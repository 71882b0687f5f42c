"""Turnstile's and hCaptcha's `siteverify` over HTTP: a secret, a token good for once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.support.serving import serving

SECRET = "0x4AAAAAAA-secret"
# What the services' scripts do, as far as a page meets it: `render` hands a token to `callback`.
SCRIPT = """window.{name} = {{ render: (place, {{ sitekey, callback }}) => {{
  const box = document.createElement("button");
  box.type = "button"; box.textContent = "I am human " + sitekey;
  box.onclick = () => callback("token-" + Math.random());
  place.append(box);
}} }};"""


@contextmanager
def captcha_peer() -> Iterator[str]:
    """Serve `siteverify` on a free port of 127.0.0.1; gives its address."""
    used: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            token = form.get("response", [""])[0]
            errors = []
            if form.get("secret") != [SECRET]:
                errors.append("invalid-input-secret")
            elif not token.startswith("token-"):
                errors.append("invalid-input-response")
            elif token in used:
                errors.append("timeout-or-duplicate")
            used.add(token)
            answer = json.dumps({"success": not errors, "error-codes": errors}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_address[1]}/siteverify"
