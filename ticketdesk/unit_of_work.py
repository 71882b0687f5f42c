"""The edge: who is calling → a transaction in their tenant → a service → commit → publish.

State handlers, API routes, public pages and jobs all come through here, and nothing else commits.
Services are plain functions `verb(session, actor, …)`; an error of theirs rolls everything back.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from ticketdesk import db, publisher
from ticketdesk.actor import Actor, anonymous, system_actor
from ticketdesk.services import credentials, organizations

P = ParamSpec("P")
T = TypeVar("T")

Service = Callable[Concatenate[Session, Actor, P], T]


@dataclass(frozen=True, slots=True)
class Credential:
    """What a caller brought: the browser's cookie or a bearer token (session or API key)."""

    session_token: str | None = None
    bearer: str | None = None


def resolve(credential: Credential) -> Actor:
    """Find out who is calling, afresh, so that a revoked session or a changed role acts at once.

    Raises:
        Unauthenticated: unknown, expired or revoked.
    """
    with db.system_session() as session:
        actor = credentials.resolve(
            session, session_token=credential.session_token, bearer=credential.bearer
        )
        session.commit()
        return actor


def call(
    credential: Credential,
    service: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service as whoever the credential proves."""
    return as_actor(resolve(credential), service, *args, **kwargs)


async def acall(
    credential: Credential,
    service: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run `call` in a thread: the event loop never waits for SQL."""
    return await asyncio.to_thread(call, credential, service, *args, **kwargs)


def rehearse(
    credential: Credential,
    service: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service as `call` does, for its refusals only: nothing of it is kept or published.

    A service that would only remember something finds `db.REHEARSAL` in the session's `info`.
    """
    actor = resolve(credential)
    with db.tenant_session(actor.organization_id) as session:
        session.info[db.REHEARSAL] = True
        try:
            return service(session, actor, *args, **kwargs)
        finally:
            session.rollback()


async def arehearse(
    credential: Credential,
    service: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run `rehearse` in a thread."""
    return await asyncio.to_thread(rehearse, credential, service, *args, **kwargs)


def as_actor(
    actor: Actor,
    service: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service as an actor that was resolved in this very request."""
    with db.tenant_session(actor.organization_id) as session:
        result = service(session, actor, *args, **kwargs)
        session.commit()
        collected = _collected(session)
    _publish(*collected)
    return result


def as_system(
    organization_id: str,
    service: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service as the product itself: what jobs do."""
    return as_actor(system_actor(organization_id), service, *args, **kwargs)


def as_anonymous(
    organization: str,
    service: Callable[Concatenate[Session, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service for a visitor of an organization, given by id or slug.

    Raises:
        NotFound: there is no such organization.
    """
    organization_id = across(organizations.find_id, organization)
    return as_actor(anonymous(organization_id), service, *args, **kwargs)


def across(service: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a service over all organizations: sign-in look-ups and sweeps only."""
    with db.system_session() as session:
        result = service(session, *args, **kwargs)
        session.commit()
        collected = _collected(session)
    _publish(*collected)
    return result


def _collected(session: Any) -> tuple[list, dict]:
    return session.info.pop("realtime", []), session.info.pop("kicks", {})


def _publish(events: list, kicks: dict) -> None:
    publisher.publish(events)
    publisher.kick(kicks)
