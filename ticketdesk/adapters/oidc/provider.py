"""The conversation with one provider: discovery, the way there, and what came back."""

import socket
from contextlib import closing
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.integrations.base_client.errors import OAuthError as FlowError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.base import OAuth2Error
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

_SECONDS = 10
TIMEOUT = httpx.Timeout(_SECONDS, connect=5)
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
    endpoint = _discover(client.issuer)["authorization_endpoint"]
    with closing(_session(client)) as session:
        url, _ = session.create_authorization_url(
            endpoint, state=state, code_verifier=verifier, nonce=nonce
        )
    return url


def identify(client: Client, *, code: str, nonce: str, verifier: str) -> Identity:
    """Trade the code for a signed statement and return who it is about.

    Raises:
        SignOnFailed: the code, the signature, the audience, the time or the nonce does not hold.
    """
    facts = _discover(client.issuer)
    try:
        with closing(_session(client)) as session:
            token = session.fetch_token(
                facts["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                timeout=_SECONDS,
            )
        claims = _verified(client, facts, str(token.get("id_token", "")), nonce)
    except (OAuth2Error, FlowError, RequestException, JoseError, KeyError, ValueError) as error:
        raise SignOnFailed(f"The sign-on provider refused: {error}"[:300]) from error
    verified = claims.get("email_verified") in (True, "true")
    email = str(claims.get("email", "")).strip().lower() if verified else ""
    return Identity(str(claims["sub"]), email or None, str(claims.get("name") or email)[:200])


def _verified(client: Client, facts: dict[str, Any], id_token: str, nonce: str) -> dict[str, Any]:
    keys = KeySet.import_key_set(_get(facts["jwks_uri"]))
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


def _discover(issuer: str) -> dict[str, Any]:
    facts = _get(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if facts.get("issuer", "").rstrip("/") != issuer.rstrip("/"):
        raise SignOnFailed("The sign-on provider calls itself by another issuer.")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(facts.get(name), str):
            raise SignOnFailed(f"The sign-on provider does not name its {name}.")
        _require_own_side(issuer, facts[name], name)
    return facts


def _require_own_side(issuer: str, address: str, name: str) -> None:
    """A provider leads nowhere that it could not be itself: into this machine or to its metadata.

    Addresses of a company's network stay allowed: that is where its provider often is.
    """
    ours, theirs = urlsplit(issuer), urlsplit(address)
    refused = SignOnFailed(f"The sign-on provider names an address that is none: {name}.")
    if theirs.scheme != ours.scheme or not theirs.hostname or theirs.username:
        raise refused
    if theirs.hostname == ours.hostname:
        return
    for found in _addresses(theirs.hostname):
        ip = getattr(found, "ipv4_mapped", None) or found
        if ip.is_loopback or ip.is_link_local or ip.is_unspecified or ip.is_multicast:
            raise refused


def _addresses(host: str) -> list[IPv4Address | IPv6Address]:
    if host.replace(".", "").isdigit() or ":" in host:
        try:
            return [ip_address(host)]
        except ValueError as error:
            raise SignOnFailed("The sign-on provider names an address that is none.") from error
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SignOnFailed("The sign-on provider does not answer.") from error
    return [ip_address(str(entry[4][0]).split("%", 1)[0]) for entry in found]


def _get(url: str) -> dict[str, Any]:
    try:
        answer = httpx.get(url, timeout=TIMEOUT, follow_redirects=False, trust_env=False)
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise SignOnFailed("The sign-on provider does not answer.") from error
    if not isinstance(found, dict):
        raise SignOnFailed("The sign-on provider answers with something else.")
    return found


def _session(client: Client) -> OAuth2Session:
    session = OAuth2Session(
        client.client_id,
        client.client_secret,
        scope=_SCOPE,
        redirect_uri=client.redirect_uri,
        code_challenge_method="S256",
    )
    session.trust_env = False
    session.max_redirects = 0
    return session
