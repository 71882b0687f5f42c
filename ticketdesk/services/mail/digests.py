"""The morning's summary for agents who want one (`preferences.mailDigest`), once a day each."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, func, select

from ticketdesk import clock, outbox
from ticketdesk.actor import Actor
from ticketdesk.adapters.email.mail import MailAddress, OutgoingMail
from ticketdesk.ids import new_id
from ticketdesk.models import MailDigest, Organization, Ticket, User
from ticketdesk.models.enums import SlaState, UserRole
from ticketdesk.models.status import ACTIVE
from ticketdesk.outbox import Promise
from ticketdesk.services.mail.languages import choose, phrases
from ticketdesk.services.mail.lines import one_line
from ticketdesk.services.mail.outbound.prepared import Prepared
from ticketdesk.services.mail.render import render
from ticketdesk.services.mail.signing import Signer
from ticketdesk.services.mail.views import MailDesk
from ticketdesk.settings import settings

SUBSCRIBER = "mail.digest"
PREFERENCE = "mailDigest"
# In the agent's own zone; until noon, so that an outage in the morning only delays it.
FROM, UNTIL = time(8), time(12)
_SHOWN = 10
_STAFF = (UserRole.AGENT, UserRole.ADMIN)


def organizations(session: Session) -> list[str]:
    """Organizations in which somebody wants a summary; system role."""
    return list(session.exec(select(User.organization_id).where(*_wants()).distinct()))


def promise(session: Session, actor: Actor) -> int:
    """Promise the summaries that are due now; return how many. Run twice it promises once."""
    actor.require(UserRole.ADMIN)
    zone = session.exec(
        select(Organization.timezone).where(Organization.id == actor.organization_id)
    ).one()
    people = session.exec(
        select(User).where(User.organization_id == actor.organization_id, *_wants())
    ).all()
    return sum(_promise(session, user, _local(user.timezone or zone)) for user in people)


def compose(session: Session, desk: MailDesk, signer: Signer, kept: Promise) -> Prepared:
    """The summary itself, of what is open at the moment it leaves."""
    user = session.get(User, kept.payload["userId"])
    if user is None or not user.is_active or not user.preferences.get(PREFERENCE):
        return Prepared(kept, "digest", silence="the agent wants no summary")
    language = choose(user.locale, desk.language)
    known, parts = phrases(language), _parts(session, user)
    if not any(part["count"] for part in parts):
        return Prepared(kept, "digest", silence="nothing is open")
    name = one_line(user.name, 80)
    for part in parts:
        part["title"] = known[f"digest.{part['name']}"]
    rendered = render(
        "digest",
        {
            "greeting": known["hello"].format(name=name),
            "parts": parts,
            "color": desk.color,
            "logo_url": desk.logo_url,
            "signature": "",
        },
        language=language,
        words={"organization": desk.name, "open": str(parts[0]["count"])},
        subject_key="digest.subject",
    )
    mail = OutgoingMail(
        message_id=signer.message_id(kept.id, 0, desk.domain),
        sender=MailAddress(desk.from_email, one_line(desk.from_name, 80)),
        to=(MailAddress(user.email, name),),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        date=kept.created_at,
        headers=(("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")),
    )
    return Prepared(kept, "digest", mail)


def _wants() -> tuple[Any, ...]:
    wanted = col(User.preferences)[PREFERENCE].as_boolean()
    return (wanted, col(User.is_active), col(User.role).in_(_STAFF))


def _promise(session: Session, user: User, here: datetime) -> bool:
    if not FROM <= here.time() < UNTIL:
        return False
    added = session.execute(
        insert(MailDigest)
        .values(
            id=new_id("digest"),
            created_at=clock.now(),
            organization_id=user.organization_id,
            user_id=user.id,
            day=here.date(),
        )
        .on_conflict_do_nothing(index_elements=["user_id", "day"])
        .returning(MailDigest.id)
    ).scalar_one_or_none()
    if added is None:
        return False
    outbox.put(session, user.organization_id, SUBSCRIBER, {"userId": user.id})
    return True


def _local(zone: str) -> datetime:
    try:
        return clock.now().astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return clock.now()


def _parts(session: Session, user: User) -> list[dict[str, Any]]:
    mine = col(Ticket.assigned_to_id) == user.id
    late = col(Ticket.sla_state).in_((SlaState.DUE_SOON, SlaState.BREACHED))
    return [
        _part(session, user, "mine", mine),
        _part(session, user, "due", mine & late),
        _part(session, user, "unassigned", col(Ticket.assigned_to_id).is_(None)),
    ]


def _part(session: Session, user: User, name: str, which: ColumnElement[bool]) -> dict[str, Any]:
    here = (
        Ticket.organization_id == user.organization_id,
        col(Ticket.status).in_(ACTIVE),
        which,
    )
    count = session.exec(select(func.count()).select_from(Ticket).where(*here)).one()
    rows = session.exec(
        select(Ticket.ticket_number, Ticket.subject)
        .where(*here)
        .order_by(col(Ticket.sla_due_at).nulls_last(), col(Ticket.ticket_number))
        .limit(_SHOWN)
    )
    base = settings().base_url.rstrip("/")
    entries = [
        {"label": f"#{number} {one_line(subject)}", "url": f"{base}/app/tickets/{number}"}
        for number, subject in rows
    ]
    return {"name": name, "count": count, "entries": entries}
