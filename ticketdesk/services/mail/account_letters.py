"""Mails about an account: an invitation, a link to a new password or into the portal."""

from dataclasses import dataclass

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.adapters.email.mail import MailAddress, OutgoingMail
from ticketdesk.models import User
from ticketdesk.models.enums import UserRole
from ticketdesk.outbox import Promise
from ticketdesk.services import password_reset
from ticketdesk.services.mail.desk import mail_desk
from ticketdesk.services.mail.languages import choose, phrases
from ticketdesk.services.mail.lines import one_line
from ticketdesk.services.mail.outbound.prepared import Prepared
from ticketdesk.services.mail.render import render
from ticketdesk.services.mail.views import MailDesk
from ticketdesk.services.people import invite
from ticketdesk.services.portal import links
from ticketdesk.services.sealing import unseal


@dataclass(frozen=True, slots=True)
class _Letter:
    """Which words a mail takes and where its link leads."""

    name: str
    path: str


_LETTERS = {
    invite.SUBSCRIBER: _Letter("invitation", "/invitation/"),
    password_reset.SUBSCRIBER: _Letter("reset", "/reset/"),
    links.SUBSCRIBER: _Letter("portal", "/portal/link/"),
}
_HEADERS = (("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All"))


def prepare(session: Session, actor: Actor, promises: list[Promise]) -> list[Prepared]:
    """Compose the mails of a batch; a member who is gone gets none.

    The Message-ID is made of the promise, so that a repeat is the same mail.
    """
    actor.require(UserRole.ADMIN)
    desk = mail_desk(session, actor.organization_id)
    prepared = []
    for promise in promises:
        letter = _LETTERS[promise.subscriber]
        user = session.exec(
            select(User).where(
                User.organization_id == actor.organization_id,
                User.id == promise.payload["userId"],
            )
        ).first()
        if user is None or not user.is_active:
            prepared.append(Prepared(promise, letter.name, silence="the member is gone"))
            continue
        prepared.append(Prepared(promise, letter.name, _compose(desk, promise, user, letter)))
    return prepared


def _compose(desk: MailDesk, promise: Promise, user: User, letter: _Letter) -> OutgoingMail:
    language = choose(user.locale, desk.language)
    name = one_line(user.name, 80)
    rendered = render(
        "account",
        {
            "greeting": phrases(language)["hello"].format(name=name),
            "letter": letter.name,
            "url": f"{desk.base_url}{letter.path}{unseal(promise.payload['sealedToken'])}",
            "color": desk.color,
            "logo_url": desk.logo_url,
            "signature": "",
        },
        language=language,
        words={"organization": desk.name},
        subject_key=f"{letter.name}.subject",
    )
    return OutgoingMail(
        message_id=f"<{promise.id}@{desk.domain}>",
        sender=MailAddress(desk.from_email, one_line(desk.from_name, 80)),
        to=(MailAddress(user.email, name),),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        date=promise.created_at,
        headers=_HEADERS,
    )
