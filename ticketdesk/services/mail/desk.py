"""The organization as it appears in mail, read from its settings."""

from sqlmodel import Session, select

from ticketdesk.errors import NotFound
from ticketdesk.models import Organization
from ticketdesk.models.ticket_settings import TicketSettings
from ticketdesk.services.mail.signing import Signer, derive_key
from ticketdesk.services.mail.views import MailDesk
from ticketdesk.settings import settings


def mail_desk(session: Session, organization_id: str) -> MailDesk:
    """Read how the organization writes. Raises `NotFound` when it is gone."""
    row = session.exec(select(Organization).where(Organization.id == organization_id)).first()
    if row is None:
        raise NotFound("There is no such organization.")
    return desk_of(row)


def desk_of(row: Organization) -> MailDesk:
    """The view of an organization's row; unset addresses fall back to `support@<slug>.example`.

    `.example` can never be delivered (RFC 2606): until an administrator sets addresses, only the
    console provider makes sense, and a mistake reaches nobody.
    """
    chosen = TicketSettings.model_validate(row.settings)
    mail, form = chosen.email_config, chosen.embed_config
    sender = (mail.from_email or f"support@{row.slug}.example").lower()
    return MailDesk(
        organization_id=row.id,
        name=row.name,
        from_email=sender,
        from_name=mail.from_name or row.name,
        reply_to_email=(mail.reply_to_email or sender).lower(),
        base_url=settings().base_url,
        signature=mail.signature,
        color=form.color,
        logo_url=_absolute(form.logo_url or ""),
        language=row.locale,
        statuses={
            str(status): label.customer
            for status, label in chosen.status_labels.items()
            if label.customer
        },
        templates={k: v for k, v in mail.templates.items() if isinstance(v, dict)},
    )


def _absolute(address: str) -> str:
    """A logo on our own host, as a mail program finds it."""
    return f"{settings().base_url}{address}" if address.startswith("/") else address


def signer_of(organization_id: str) -> Signer:
    """The signer of an organization's addresses and Message-IDs."""
    return Signer(derive_key(settings().secret_key, "mail"), organization_id)
