"""Single sign-on: its settings, and from a provider's word to a session."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator
from sqlmodel import Session as DbSession
from sqlmodel import col, select

from ticketdesk import clock
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.adapters.oidc.provider import Client, Identity
from ticketdesk.errors import Forbidden, Invalid, NotFound, Stale
from ticketdesk.ids import new_id
from ticketdesk.models import Organization, SignOnProvider, User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, View
from ticketdesk.services import audit, auth
from ticketdesk.services.auth import SignIn
from ticketdesk.services.sealing import seal, unseal
from ticketdesk.settings import settings

_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}")


def _issuer(address: str) -> str:
    issuer = address.strip().rstrip("/")
    parts = urlsplit(issuer)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise ValueError("An issuer begins with https://")
    if not parts.hostname or parts.username or parts.hostname.startswith("169.254."):
        raise ValueError("This is not the address of a provider")
    return issuer


class SignOnInput(Command):
    """A provider's settings; an empty secret keeps the stored one."""

    issuer: Annotated[str, Field(max_length=500), AfterValidator(_issuer)]
    client_id: Annotated[str, Field(min_length=1, max_length=500)]
    client_secret: Annotated[str, Field(max_length=1000)] = ""
    allowed_domains: Annotated[list[str], Field(max_length=50)] = Field(default_factory=list)
    makes_agents: bool = False
    is_active: bool = True

    @field_validator("allowed_domains")
    @classmethod
    def _domains(cls, names: list[str]) -> list[str]:
        domains = [name.strip().lower() for name in names]
        wrong = next((name for name in domains if not _DOMAIN.fullmatch(name)), None)
        if wrong is not None:
            raise ValueError(f"{wrong!r} is not a domain; write one such as example.com")
        return domains


class SignOnView(View):
    """A provider's settings without the secret, and the address to register with it."""

    issuer: str
    client_id: str
    allowed_domains: list[str]
    makes_agents: bool
    is_active: bool
    version: int
    redirect_uri: str


def redirect_uri(slug: str) -> str:
    """Return the address the provider sends the browser back to."""
    return f"{settings().base_url}/login/sso/{slug}/back"


def read(session: DbSession, actor: Actor) -> SignOnView | None:
    """Return the organization's provider, to admins."""
    actor.require(UserRole.ADMIN, writes=False)
    row = _row(session, actor.organization_id)
    return _view(session, row) if row else None


def save(
    session: DbSession, actor: Actor, command: SignOnInput, *, version: int | None = None
) -> SignOnView:
    """Set or change the provider.

    Raises:
        Invalid: the issuer, a domain or the secret is missing or wrong.
        Stale: somebody changed it since `version`.
    """
    actor.require(UserRole.ADMIN)
    row = _row(session, actor.organization_id, lock=True)
    if row and version is not None and version != row.version:
        raise Stale("Somebody else changed this meanwhile. Load it again.")
    _check(command, has_secret=row is not None)
    if row is None:
        row = SignOnProvider(
            id=new_id("sso"),
            organization_id=actor.organization_id,
            issuer="",
            client_id="",
            sealed_client_secret="",
            version=0,
        )
    before = _facts(row)
    row.issuer, row.client_id = command.issuer, command.client_id.strip()
    if command.client_secret:
        row.sealed_client_secret = seal(command.client_secret)
    row.allowed_domains = command.allowed_domains
    row.makes_agents, row.is_active = command.makes_agents, command.is_active
    row.version += 1
    session.add(row)
    was, now = audit.differences(before, _facts(row))
    audit.record(session, actor, "single_sign_on.changed", before=was, after=now)
    session.flush()
    return _view(session, row)


def client_of(session: DbSession, slug: str) -> tuple[str, Client]:
    """Return an organization's identifier and how we speak to its provider.

    Args:
        session: a session of the system role.

    Raises:
        NotFound: no such organization, or it has no provider.
    """
    found = session.exec(
        select(SignOnProvider, Organization)
        .join(Organization, col(Organization.id) == SignOnProvider.organization_id)
        .where(Organization.slug == slug, col(SignOnProvider.is_active))
    ).first()
    if found is None:
        raise NotFound("There is no single sign-on here.")
    row, organization = found
    secret = unseal(row.sealed_client_secret)
    return organization.id, Client(row.issuer, row.client_id, secret, redirect_uri(slug))


def sign_in(
    session: DbSession,
    organization_id: str,
    identity: Identity,
    *,
    ip_address: str | None,
    user_agent: str | None,
) -> SignIn:
    """Start a session for whom the provider vouches.

    The provider's own second factor stands in for ours.

    Args:
        session: a session of the system role.

    Raises:
        Forbidden: the address is not verified, of another domain, or no active member's.
    """
    row = _row(session, organization_id)
    if row is None or not row.is_active:
        raise NotFound("There is no single sign-on here.")
    if not identity.email:
        raise Forbidden("The provider has not verified your mail address.")
    domain = identity.email.rpartition("@")[2]
    if row.allowed_domains and domain not in row.allowed_domains:
        raise Forbidden("Addresses of this domain do not sign in here.")
    user = session.exec(
        select(User).where(User.organization_id == organization_id, User.email == identity.email)
    ).first()
    if user is None and row.makes_agents and row.allowed_domains:
        user = _make_agent(session, organization_id, identity)
    if user is None or not user.is_active:
        raise Forbidden("You are not a member here. Ask an admin to invite you.")
    user.email_verified_at = user.email_verified_at or clock.now()
    session.add(user)
    return auth.start_session(session, user, ip_address=ip_address, user_agent=user_agent)


def _make_agent(session: DbSession, organization_id: str, identity: Identity) -> User:
    user = User(
        id=new_id("user"),
        organization_id=organization_id,
        email=identity.email or "",
        name=identity.name or identity.email or "",
        role=UserRole.AGENT,
        email_verified_at=clock.now(),
    )
    session.add(user)
    session.flush()
    himself = Actor(ActorKind.USER, organization_id, user.name, user_id=user.id)
    audit.record(
        session,
        himself,
        "member.made_by_sign_on",
        subject_id=user.id,
        subject_name=user.name,
        after={"email": user.email},
    )
    return user


def _check(command: SignOnInput, *, has_secret: bool) -> None:
    if not command.client_secret and not has_secret:
        raise Invalid("Fill in the secret.", fields={"clientSecret": "Fill this in."})
    if command.makes_agents and not command.allowed_domains:
        message = "Name the domains whose addresses become agents."
        raise Invalid(message, fields={"allowedDomains": message})


def _facts(row: SignOnProvider) -> dict[str, object]:
    """What the audit log tells of a provider: who may come in, and by whose word; no secret."""
    return {
        "issuer": row.issuer,
        "clientId": row.client_id,
        "allowedDomains": row.allowed_domains,
        "makesAgents": row.makes_agents,
        "active": row.is_active,
    }


def _row(session: DbSession, organization_id: str, *, lock: bool = False) -> SignOnProvider | None:
    query = select(SignOnProvider).where(SignOnProvider.organization_id == organization_id)
    return session.exec(query.with_for_update() if lock else query).first()


def _view(session: DbSession, row: SignOnProvider) -> SignOnView:
    slug = session.exec(
        select(Organization.slug).where(Organization.id == row.organization_id)
    ).one()
    return SignOnView(
        issuer=row.issuer,
        client_id=row.client_id,
        allowed_domains=row.allowed_domains,
        makes_agents=row.makes_agents,
        is_active=row.is_active,
        version=row.version,
        redirect_uri=redirect_uri(slug),
    )
