"""Asking for a person's erasure, and seeing how far it is (semantics.md, Access)."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk import clock, outbox
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import PersonErasure
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Moment, View
from ticketdesk.services import audit
from ticketdesk.services.privacy import person, replacing
from ticketdesk.services.sealing import seal, unseal

SUBSCRIBER = "people.erase"
_SHOWN = 50


class ErasureView(View):
    """One erasure; it never says who it was."""

    id: str
    counts: dict[str, Any]
    requested_by_name: str
    created_at: Moment
    finished_at: Moment | None


def request(session: Session, actor: Actor, email: str, confirmation: str) -> ErasureView:
    """Promise to erase a person; a job does it in batches.

    Args:
        email: whom.
        confirmation: the same address, typed once more.

    Raises:
        Invalid: the two differ, or it is no address.
        NotFound: the desk holds nothing of this address.
        Conflict: it is a member who has not been deactivated.
    """
    actor.require(UserRole.ADMIN)
    found = person.preview(session, actor, email)
    if confirmation.strip().lower() != found.email:
        message = "Type the address exactly as it stands above."
        raise Invalid(message, fields={"confirmation": message})
    if not found.is_known:
        raise NotFound("The desk holds nothing of this address.")
    if found.is_active_member:
        raise Conflict(f"{found.name} works here. Deactivate the member first.")
    row = PersonErasure(
        id=new_id("erasure"),
        organization_id=actor.organization_id,
        sealed_email=seal(found.email),
        requested_by_id=actor.user_id,
        requested_by_name=actor.name,
    )
    session.add(row)
    session.flush()
    outbox.put(session, actor.organization_id, SUBSCRIBER, {"erasureId": row.id})
    audit.record(session, actor, "person.erasure_requested", subject_id=row.id)
    return ErasureView.model_validate(row)


def list_erasures(session: Session, actor: Actor) -> list[ErasureView]:
    """Return the latest 50 erasures, newest first."""
    actor.require(UserRole.ADMIN, writes=False)
    rows = session.exec(
        select(PersonErasure)
        .where(PersonErasure.organization_id == actor.organization_id)
        .order_by(col(PersonErasure.created_at).desc(), col(PersonErasure.id).desc())
        .limit(_SHOWN)
    ).all()
    return [ErasureView.model_validate(row) for row in rows]


def work(session: Session, actor: Actor, erasure_id: str) -> bool:
    """Replace the next batch; True when all is done.

    What was replaced is found no more, so running twice, or again after a crash, does nothing
    twice. The address is forgotten with the last batch.
    """
    actor.require(UserRole.ADMIN)
    row = session.exec(
        select(PersonErasure)
        .where(
            PersonErasure.organization_id == actor.organization_id,
            PersonErasure.id == erasure_id,
        )
        .with_for_update()
    ).first()
    if row is None or row.finished_at is not None:
        return True
    whom = person.find(session, actor.organization_id, unseal(row.sealed_email))
    counts = replacing.next_batch(session, whom, pseudonym(row.id))
    done = counts is None
    if counts is None:
        counts = replacing.the_rest(session, whom, pseudonym(row.id))
        row.sealed_email, row.finished_at = "", clock.now()
    row.counts = {key: row.counts.get(key, 0) + counts.get(key, 0) for key in _keys(row, counts)}
    session.add(row)
    if done:
        audit.record(session, actor, "person.erased", subject_id=row.id, after=row.counts)
    session.flush()
    return done


def pseudonym(erasure_id: str) -> str:
    """Return the address that takes the place of the person's; nothing can be sent to it."""
    return f"erased-{erasure_id.removeprefix('erasure_')}@erased.invalid"


def _keys(row: PersonErasure, counts: dict[str, int]) -> list[str]:
    return sorted(row.counts.keys() | counts.keys())
