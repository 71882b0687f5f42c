"""Which organizations fetch mail from a mailbox."""

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.adapters.email.mailbox import MailboxAccount
from ticketdesk.models import MailAccount
from ticketdesk.services.mail import accounts
from ticketdesk.settings import settings


def account(session: Session, actor: Actor) -> MailboxAccount | None:
    """The organization's mailbox, or None. Raises `Unavailable` when it cannot be unsealed."""
    found = accounts.read(session, actor.organization_id).get("mailbox")
    if not isinstance(found, dict):
        return None
    return MailboxAccount(**found, networks=settings().mail_networks)


def organizations_with_accounts(session: Session) -> list[str]:
    """Organizations that have any account; what is in it shows only unsealed. System role."""
    return list(session.exec(select(MailAccount.organization_id)))
