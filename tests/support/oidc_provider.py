"""An OpenID Connect provider on loopback: a process of its own, speaking the real protocol.

Run as `python -m tests.support.oidc_provider`; its first line says at which port. `/authorize`
lets everybody through as the address in its `login` setting (POST /become), so that a test plays
the person at the provider.
"""

import base64
import contextlib
import hashlib
import json
import secrets
import select
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = ("ticketdesk", "provider-secret")


class Provider(BaseHTTPRequestHandler):
    """Discovery, authorize, token and keys; `person` and `twist` are set by the test."""

    key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
    stranger = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
    person: dict = {}
    twist = ""
    codes: dict[str, dict] = {}

    @property
    def issuer(self):
        """Our own address."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def do_GET(self):
        """Answer discovery, keys and the authorization page."""
        parts = urlsplit(self.path)
        if self.twist == "drip":
            return self._drip()
        if parts.path == "/.well-known/openid-configuration":
            twist, _, keys = self.twist.partition(":")
            return self._json(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": keys if twist == "keys" else f"{self.issuer}/keys",
                }
            )
        if parts.path == "/keys":
            return self._json({"keys": [self.key.as_dict(private=False)]})
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
        self.send_response(303)
        self.send_header("Location", back)
        self.end_headers()
        return None

    def do_POST(self):
        """Answer the token request, or become somebody."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/become":
            wanted = json.loads(body)
            Provider.person, Provider.twist = wanted["person"], wanted["twist"]
            return self._json({})
        given = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.codes.pop(given.get("code", ""), None)
        if asked is None or not self._proved(given, asked):
            return self._json({"error": "invalid_grant"}, status=400)
        return self._json(
            {"access_token": "a", "token_type": "Bearer", "id_token": self._say(asked)}
        )

    def _drip(self):
        """Answer a byte at a time until the caller hangs up."""
        with contextlib.suppress(ConnectionError):
            while not select.select([self.connection], [], [], 0.01)[0]:
                self.wfile.write(b"H")

    def _proved(self, given, asked):
        basic = base64.b64decode(self.headers["Authorization"].split()[1]).decode()
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return tuple(basic.split(":")) == CLIENT and challenge == asked["code_challenge"]

    def _say(self, asked):
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT[0],
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            **self.person,
        }
        twists = {
            "audience": {"aud": "somebody-else"},
            "issuer": {"iss": "https://evil.example"},
            "expired": {"exp": now - 600},
            "nonce": {"nonce": "another"},
            "shared": {"aud": [CLIENT[0], "somebody-else"]},
            "party": {"azp": "somebody-else"},
        }
        claims |= twists.get(self.twist, {})
        if self.twist == "none":
            parts = ({"alg": "none"}, claims)
            coded = [base64.urlsafe_b64encode(json.dumps(part).encode()) for part in parts]
            return b".".join([*(part.rstrip(b"=") for part in coded), b""]).decode()
        key = self.stranger if self.twist == "key" else self.key
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)

    def _json(self, value, *, status=200):
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        """Keep the test's output clean."""


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()
