"""Signing in to a mailbox because an administrator asks whether it works."""

from datetime import datetime

from sqlmodel import Session

from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.adapters.email.mailbox import Mailbox, MailboxUnavailable
from ticketdesk.errors import Unavailable
from ticketdesk.outbox import Promise
from ticketdesk.services.mail import inbound_check, mailboxes

_NONE = "No mailbox is set; mail comes in by webhook."


def check(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Try the mailbox of one organization and tell whoever asked."""
    ok, words = _try(organization_id)
    unit_of_work.as_system(organization_id, _note_all, promises, words, ok=ok)


def _try(organization_id: str) -> tuple[bool, str]:
    try:
        account = unit_of_work.as_system(organization_id, mailboxes.account)
        if account is None:
            return True, _NONE
        with Mailbox(account) as box:
            count = box.waiting
            soon = "within a second" if box.can_wait else "within a minute"
    except (MailboxUnavailable, Unavailable) as error:
        return False, str(error)
    lie = "1 message lies" if count == 1 else f"{count} messages lie"
    return True, f"Signed in to {account.host}. {lie} in {account.folder}; new mail is here {soon}."


def _note_all(
    session: Session, actor: Actor, promises: list[Promise], words: str, *, ok: bool
) -> None:
    for promise in promises:
        inbound_check.note(session, actor, promise, words, ok=ok)
