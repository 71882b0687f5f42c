"""The conversation with one provider: discovery, the way there, and what came back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ticketdesk.adapters.oidc.reach import PlaceRefused, calling, require_own_side

_SCOPE = "openid email profile"
# Signed with a key of the provider's; `none` and shared secrets are not among them.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "ES512", "EdDSA"]
_LEEWAY = 60


class SignOnFailed(Exception):
    """The provider did not answer, or what it said does not hold; the text says which."""


@dataclass(frozen=True, slots=True)
class Client:
    """How we are known to a provider."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says it is; `email` only when the provider has verified it."""

    subject: str
    email: str | None
    name: str


def authorization_url(client: Client, *, state: str, nonce: str, verifier: str) -> str:
    """Return where to send the browser.

    Raises:
        SignOnFailed: the provider cannot be reached or describes itself wrongly.
    """
    with _spoken_to(client.issuer) as line:
        endpoint = _discover(line, client.issuer)["authorization_endpoint"]
        url, _ = _session(line, client).create_authorization_url(
            endpoint, state=state, code_verifier=verifier, nonce=nonce
        )
    return url


def identify(client: Client, *, code: str, nonce: str, verifier: str) -> Identity:
    """Trade the code for a signed statement and return who it is about.

    Raises:
        SignOnFailed: the code, the signature, the audience, the time or the nonce does not hold.
    """
    with _spoken_to(client.issuer) as line:
        facts = _discover(line, client.issuer)
        try:
            token = _session(line, client).fetch_token(
                facts["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                auth=(client.client_id, client.client_secret),
            )
            claims = _verified(line, client, facts, str(token.get("id_token", "")), nonce)
        except (
            OAuth2Error,
            httpx.HTTPError,
            httpx.InvalidURL,
            JoseError,
            KeyError,
            ValueError,
        ) as error:
            raise SignOnFailed(f"The sign-on provider refused: {error}"[:300]) from error
    verified = claims.get("email_verified") in (True, "true")
    email = str(claims.get("email", "")).strip().lower() if verified else ""
    return Identity(str(claims["sub"]), email or None, str(claims.get("name") or email)[:200])


def _verified(
    line: httpx.Client, client: Client, facts: dict[str, Any], id_token: str, nonce: str
) -> dict[str, Any]:
    keys = KeySet.import_key_set(_get(line, facts["jwks_uri"]))
    token = jwt.decode(id_token, keys, algorithms=_ALGORITHMS)
    registry = jwt.JWTClaimsRegistry(
        leeway=_LEEWAY,
        iss={"essential": True, "value": facts["issuer"]},
        aud={"essential": True, "value": client.client_id},
        sub={"essential": True},
        exp={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    registry.validate(token.claims)
    audience, by = token.claims["aud"], token.claims.get("azp")
    is_shared = isinstance(audience, list) and len(audience) > 1
    # OpenID Connect Core, 3.1.3.7: a statement for several must have been asked for by us.
    if (is_shared or by is not None) and by != client.client_id:
        raise SignOnFailed("The sign-on provider's statement is for another program.")
    return token.claims


@contextmanager
def _spoken_to(issuer: str) -> Iterator[httpx.Client]:
    try:
        with calling(issuer) as line:
            yield line
    except PlaceRefused as error:
        raise SignOnFailed(str(error)) from error


def _discover(line: httpx.Client, issuer: str) -> dict[str, Any]:
    facts = _get(line, issuer.rstrip("/") + "/.well-known/openid-configuration")
    if facts.get("issuer", "").rstrip("/") != issuer.rstrip("/"):
        raise SignOnFailed("The sign-on provider calls itself by another issuer.")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(facts.get(name), str):
            raise SignOnFailed(f"The sign-on provider does not name its {name}.")
        require_own_side(issuer, facts[name], name)
    return facts


def _get(line: httpx.Client, url: str) -> dict[str, Any]:
    try:
        answer = line.get(url)
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise SignOnFailed("The sign-on provider does not answer.") from error
    if not isinstance(found, dict):
        raise SignOnFailed("The sign-on provider answers with something else.")
    return found


def _session(line: httpx.Client, client: Client) -> OAuth2Client:
    return OAuth2Client(
        line,
        client.client_id,
        client.client_secret,
        scope=_SCOPE,
        redirect_uri=client.redirect_uri,
        code_challenge_method="S256",
    )
