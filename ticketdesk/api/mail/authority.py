"""Who may deliver mail, and into which organization."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlmodel import Session

from ticketdesk import clock, unit_of_work
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.adapters.email.failures import SignatureRefused
from ticketdesk.adapters.email.inbound.call import Call, Unreadable
from ticketdesk.adapters.email.inbound.table import PROVIDERS
from ticketdesk.adapters.email.provider import IncomingEmail
from ticketdesk.api import rate_limit
from ticketdesk.errors import Forbidden, Malformed, NotFound, Unauthenticated, UnsupportedKind
from ticketdesk.models.enums import ApiKeyScope, UserRole
from ticketdesk.services import organizations
from ticketdesk.services.mail import accounts
from ticketdesk.unit_of_work import Credential

_RAW = {"message/rfc822", "message/global", "application/octet-stream"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """An authorised mail."""

    organization_id: str
    via: str
    mail: IncomingEmail


def authorise(
    request: Request, body: bytes, provider: str | None, organization: str | None
) -> Delivery | None:
    """Check the call and read its mail; None when the call only set up a subscription.

    Raises:
        Unauthenticated: neither a key nor a signature that fits.
        Forbidden: a key without the scope, or of another organization.
        UnsupportedKind: no raw message and no provider named.
        Malformed: the provider's form cannot be read.
    """
    call = call_of(request, body)
    bearer = _bearer(request)
    if bearer:
        # A key that may deliver mail is none to read the organization's buckets with.
        organization_id, secrets = _by_key(bearer, organization), {}
    elif provider:
        organization_id, secrets = by_signature(call, PROVIDERS[provider].verify, organization)
    else:
        raise Unauthenticated("Send an API key of scope inbound as Authorization: Bearer.")
    if provider is None:
        return Delivery(organization_id, "webhook", IncomingEmail(_raw(request, body)))
    try:
        mail = PROVIDERS[provider].read(call, secrets)
    except (Unreadable, SignatureRefused) as error:
        raise Malformed(str(error)) from error
    return Delivery(organization_id, provider, mail) if mail else None


def call_of(request: Request, body: bytes) -> Call:
    """The request as the providers' adapters take it."""
    return Call({k.lower(): v for k, v in request.headers.items()}, body, clock.now())


def _by_key(bearer: str, organization: str | None) -> str:
    actor = unit_of_work.resolve(Credential(bearer=bearer))
    rate_limit.count(actor)
    scopes = {ApiKeyScope.INBOUND, ApiKeyScope.ADMIN}
    is_key = actor.kind is ActorKind.API_KEY and bool(scopes & set(actor.scopes))
    is_admin = actor.kind is ActorKind.USER and actor.role is UserRole.ADMIN
    if not (is_key or is_admin):
        raise Forbidden("Delivering mail takes an API key of scope inbound or admin.")
    if organization and unit_of_work.across(organizations.find_id, organization) != (
        actor.organization_id
    ):
        raise Forbidden("This key is of another organization.")
    return actor.organization_id


def by_signature(
    call: Call, verify: Callable[[Call, dict[str, Any]], None], organization: str | None
) -> tuple[str, dict[str, Any]]:
    """The organization whose secrets a provider's signature fits, and those secrets.

    Raises `Unauthenticated`, for a wrong organization and a wrong signature alike.
    """
    refused = Unauthenticated("The provider's signature does not fit.")
    if not organization:
        raise refused
    try:
        organization_id = unit_of_work.across(organizations.find_id, organization)
        secrets = unit_of_work.as_system(organization_id, _secrets)
        verify(call, secrets)
    # One answer for all: whether an organization exists or uses a provider is nobody's business.
    except (SignatureRefused, NotFound, Unreadable) as error:
        raise refused from error
    return organization_id, secrets


def _secrets(session: Session, actor: Actor) -> dict[str, Any]:
    account = accounts.read(session, actor.organization_id)
    keys = {name: account.get(name) for name in ("region", "access_key_id", "secret_access_key")}
    return keys | (account.get("inbound") or {})


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _raw(request: Request, body: bytes) -> bytes:
    kind = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if kind not in _RAW:
        raise UnsupportedKind("Send the raw message as message/rfc822, or name its provider.")
    return body
