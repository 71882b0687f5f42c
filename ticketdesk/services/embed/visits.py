"""How far visits of the form get: opened, step reached, submitted, abandoned."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, case, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.ids import new_id
from ticketdesk.models import FormVisit
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, View

_ORDER = {"contact": 0, "issue": 1, "attachments": 2}


class CountVisit(Command):
    """One event of a visit; the page makes up `visit` and forgets it when it goes."""

    organization_id: str = Field(min_length=1, max_length=100)
    visit: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    event: Literal["opened", "step", "submitted", "abandoned"]
    step: Literal["contact", "issue", "attachments"] | None = None


class Funnel(View):
    """How many visits got how far; `abandonment_rate` is the share of started ones not sent."""

    opened: int
    started: int
    issue: int
    attachments: int
    submitted: int
    abandonment_rate: float | None


def count(session: Session, actor: Actor, event: CountVisit) -> None:
    """Write down an event; repeats and events out of order change nothing that was further on."""
    now = clock.now()
    values = {"started_at": None, "submitted_at": None, "abandoned_at": None}
    if event.event in ("step", "submitted", "abandoned"):
        values["started_at"] = now
    if event.event in ("submitted", "abandoned"):
        values[f"{event.event}_at"] = now
    step = event.step or "contact"
    made = insert(FormVisit).values(
        id=new_id("visit"),
        created_at=now,
        organization_id=actor.organization_id,
        visit=event.visit,
        step=step,
        **values,
    )
    kept = {name: func.coalesce(getattr(FormVisit, name), made.excluded[name]) for name in values}
    further = _ORDER[step] > 0
    session.exec(
        made.on_conflict_do_update(
            index_elements=["organization_id", "visit"],
            set_=kept | ({"step": _furthest(step)} if further else {}),
        )
    )


def _furthest(step: str) -> ColumnElement[str]:
    """Going back does not undo having been further."""
    behind = [name for name, place in _ORDER.items() if place < _ORDER[step]]
    return case((col(FormVisit.step).in_(behind), step), else_=FormVisit.step)


def funnel(session: Session, actor: Actor, since: datetime, until: datetime) -> Funnel:
    """Return how far visits got that opened the form in a period, for staff."""
    actor.require(UserRole.AGENT, writes=False)
    inside = (
        FormVisit.organization_id == actor.organization_id,
        FormVisit.created_at >= since,
        FormVisit.created_at < until,
    )
    past_contact = col(FormVisit.step).in_(("issue", "attachments"))
    opened, started, issue, attachments, submitted = session.exec(
        select(
            func.count(),
            func.count(FormVisit.started_at),
            func.count().filter(past_contact),
            func.count().filter(FormVisit.step == "attachments"),
            func.count(FormVisit.submitted_at),
        ).where(*inside)
    ).one()
    rate = round(1 - submitted / started, 4) if started else None
    return Funnel(
        opened=opened,
        started=started,
        issue=issue,
        attachments=attachments,
        submitted=submitted,
        abandonment_rate=rate,
    )


def forget_old(session: Session, before: datetime) -> int:
    """Delete visits from before a moment (system role); return how many."""
    return session.exec(delete(FormVisit).where(FormVisit.created_at < before)).rowcount
