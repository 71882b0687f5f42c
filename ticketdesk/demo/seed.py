"""Writes the demo into an installation, once (contract.md, Demo)."""

from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from ticketdesk import clock, unit_of_work
from ticketdesk.demo import cast, library, post, reading, rules, service_levels
from ticketdesk.demo.chats import hold
from ticketdesk.demo.desk import Desk
from ticketdesk.demo.identifiers import Identifiers
from ticketdesk.demo.play import play
from ticketdesk.demo.script import Story, read_stories
from ticketdesk.demo.timetable import Timetable
from ticketdesk.models import Organization, TicketCounter
from ticketdesk.services.secrets import hash_password

_LOCK = 7_233_105_121
_ZONE = ZoneInfo("Europe/Berlin")


def seed() -> bool:
    """Fill the database with the demo, in one transaction; False when it is there already.

    No mail is queued and no notice published: what is told here happened long ago.
    """
    return unit_of_work.across(_seed)


def _seed(session: Session) -> bool:
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    if session.exec(select(Organization.id).where(Organization.slug == "acme")).first():
        return False
    timetable = Timetable(clock.now(), _ZONE)
    password_hash = hash_password(cast.PASSWORD)
    identifiers = Identifiers(seed=1001)
    acme_stories = read_stories("acme")
    acme = cast.found(
        "acme", "Acme Support", cast.ACME, acme_stories,
        password_hash=password_hash, timetable=timetable, identifiers=identifiers,
    )  # fmt: skip
    globex_stories = read_stories("globex")
    globex = cast.found(
        "globex", "Globex", {}, globex_stories,
        password_hash=password_hash, timetable=timetable, identifiers=identifiers,
    )  # fmt: skip
    _write(session, acme, acme_stories, hold(acme, "chats"))
    _write(session, globex, globex_stories, {})
    return True


def _write(session: Session, desk: Desk, stories: list[Story], chats: dict[str, str]) -> None:
    for story in stories:
        play(desk, story, chats=chats)
    reading.mark(desk)
    counter = TicketCounter(organization_id=desk.organization.id, next_number=desk.next_number)
    _insert(session, [desk.organization])
    _insert(session, [counter, *desk.staff.values(), *desk.customers.values()])
    if desk.organization.slug == "acme":
        _insert(session, library.shelve(desk))
        _insert(session, rules.lay_down(desk))
        _insert(session, service_levels.promise(desk, desk.organization.created_at))
    told = service_levels.set_clocks(session, desk)
    for rows in (
        desk.chats,
        desk.messages,
        desk.tickets,
        desk.responses,
        desk.activities,
        desk.attachments,
        desk.reads,
        told,
    ):
        _insert(session, rows)
    if desk.organization.slug == "acme":
        sent = post.Post(desk).write()
        for rows in (sent.messages, sent.originals, sent.deliveries, sent.surveys):
            _insert(session, rows)


def _insert(session: Session, rows: list[SQLModel]) -> None:
    """Write rows now: the ones that refer to them come later."""
    session.add_all(rows)
    session.flush()
