"""Account → provider, one kept per organization and process while the account stays the same."""

import hashlib
import json
import threading
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from ticketdesk.adapters.email.base import ComposingProvider
from ticketdesk.adapters.email.console import ConsoleProvider
from ticketdesk.adapters.email.dkim_signing import DkimKey
from ticketdesk.adapters.email.postmark import PostmarkProvider, PostmarkServer
from ticketdesk.adapters.email.sendgrid import SendGridAccount, SendGridProvider
from ticketdesk.adapters.email.ses import SesAccount, SesProvider
from ticketdesk.adapters.email.smtp import SmtpProvider, SmtpServer
from ticketdesk.models import Organization
from ticketdesk.models.ticket_settings import TicketSettings
from ticketdesk.services.mail import accounts
from ticketdesk.settings import settings


@dataclass(slots=True)
class _Kept:
    fingerprint: str
    provider: ComposingProvider


_kept: dict[str, _Kept] = {}
_lock = threading.Lock()


def provider_for(session: Session, organization_id: str) -> ComposingProvider:
    """The organization's provider; connections are kept until its account changes.

    Raises `Unavailable` when the account cannot be unsealed, KeyError-free: a missing part of the
    account shows as the provider's own refusal.
    """
    stored = session.exec(
        select(Organization.settings).where(Organization.id == organization_id)
    ).first()
    name = TicketSettings.model_validate(stored or {}).email_config.provider
    account = {} if name == "console" else accounts.read(session, organization_id)
    fingerprint = hashlib.sha256(json.dumps([name, account], sort_keys=True).encode()).hexdigest()
    with _lock:
        kept = _kept.get(organization_id)
        if kept is None or kept.fingerprint != fingerprint:
            kept = _kept[organization_id] = _Kept(fingerprint, build(name, account))
        return kept.provider


def build(name: str, account: dict[str, Any]) -> ComposingProvider:
    """The provider called `name` with the parts of `account` it knows; see docs/guides/email.md."""
    base_url = settings().base_url
    if name == "smtp":
        dkim = account.get("dkim")
        chosen_server = {"host": "localhost", **account, "networks": settings().mail_networks}
        server = SmtpServer(**_known(SmtpServer, chosen_server))
        key = DkimKey(**_known(DkimKey, dkim)) if isinstance(dkim, dict) else None
        return SmtpProvider(server, dkim=key, base_url=base_url)
    if name == "ses":
        return SesProvider(
            SesAccount(**_known(SesAccount, {"region": "us-east-1", **account})), base_url=base_url
        )
    if name == "sendgrid":
        chosen = SendGridAccount(**_known(SendGridAccount, {"api_key": "", **account}))
        return SendGridProvider(chosen, base_url=base_url)
    if name == "postmark":
        token = PostmarkServer(**_known(PostmarkServer, {"token": "", **account}))
        return PostmarkProvider(token, base_url=base_url)
    return ConsoleProvider(settings().data_dir / "mail", base_url=base_url)


def _known(kind: type, account: dict[str, Any]) -> dict[str, Any]:
    names = set(kind.__dataclass_fields__)
    return {key: value for key, value in account.items() if key in names and value is not None}
