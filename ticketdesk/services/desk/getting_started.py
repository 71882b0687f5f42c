"""The five steps from a new organization to its first ticket, told by what is really there."""

from dataclasses import dataclass

from sqlalchemy import exists
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.models import AuditEntry, FormVisit, Ticket, User
from ticketdesk.models.enums import TicketSource, UserRole
from ticketdesk.services import ticket_settings

_DISMISSED = "guideDismissed"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `path` is where it is done."""

    title: str
    words: str
    path: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """The steps, and whether the admin has put the guide away."""

    steps: tuple[Step, ...]
    is_dismissed: bool

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.is_done for step in self.steps)

    @property
    def is_shown(self) -> bool:
        """Whether it still stands beside the work."""
        return not self.is_dismissed and self.done < len(self.steps)


def read(session: Session, actor: Actor) -> Guide:
    """Return the guide, to admins."""
    actor.require(UserRole.ADMIN, writes=False)
    here = actor.organization_id
    named, colleagues, asked, tickets = session.exec(
        select(
            exists().where(
                col(AuditEntry.organization_id) == here,
                col(AuditEntry.action) == "organization.changed",
            ),
            exists().where(
                col(User.organization_id) == here,
                col(User.role) != UserRole.CUSTOMER,
                col(User.id) != (actor.user_id or ""),
            ),
            exists().where(col(FormVisit.organization_id) == here)
            | exists().where(
                col(Ticket.organization_id) == here, col(Ticket.source) == TicketSource.EMBED
            ),
            exists().where(col(Ticket.organization_id) == here),
        )
    ).one()
    mail = ticket_settings.of(session, here).email_config
    sends = mail.provider != "console" and bool(mail.from_email)
    return Guide(_steps(named, colleagues, sends, asked, tickets), _is_dismissed(session, actor))


def dismiss(session: Session, actor: Actor) -> None:
    """Put the guide away for oneself; it stays under its address."""
    actor.require(UserRole.ADMIN)
    user = session.get(User, actor.user_id) if actor.user_id else None
    if user is None or user.organization_id != actor.organization_id:
        return
    user.preferences = {**user.preferences, _DISMISSED: True}
    session.add(user)
    session.flush()


def _steps(
    named: bool, colleagues: bool, sends: bool, asked: bool, tickets: bool
) -> tuple[Step, ...]:
    return (
        Step(
            "Say who you are",
            "The name customers read, the time zone you work in, your language.",
            "/app/settings/organization",
            named,
        ),
        Step(
            "Invite a colleague",
            "They get a mail with a link and choose a password of their own.",
            "/app/settings/members",
            colleagues,
        ),
        Step(
            "Let the desk send mail",
            "Choose who carries your mail, then send yourself a test.",
            "/app/settings/email",
            sends,
        ),
        Step(
            "Put the form on your site",
            "Copy two lines; customers write to you from where they are.",
            "/app/settings/widget",
            asked,
        ),
        Step(
            "Open the first ticket",
            "Send one through your form, by mail, or write it yourself.",
            "/app/tickets/new",
            tickets,
        ),
    )


def _is_dismissed(session: Session, actor: Actor) -> bool:
    chosen = session.exec(select(User.preferences).where(User.id == actor.user_id)).first()
    return bool((chosen or {}).get(_DISMISSED))
