"""SendGrid provider (API v3, /mail/send)."""

import base64
from dataclasses import dataclass, field
from typing import ClassVar, Unpack

import httpx

from ticketdesk.adapters.email import http, mime
from ticketdesk.adapters.email.base import ComposingProvider, Shared
from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.adapters.email.mail import Delivery, MailAddress, MailAttachment, OutgoingMail


@dataclass(frozen=True, slots=True)
class SendGridAccount:
    """The API key (scope Mail Send) and the address of the API."""

    api_key: str = field(repr=False)
    endpoint: str = "https://api.sendgrid.com"


class SendGridProvider(ComposingProvider):
    """Hands mail to SendGrid as JSON, our Message-ID and threading headers kept."""

    name: ClassVar[str] = "sendgrid"
    inbound_steps: ClassVar[tuple[str, ...]] = (
        "Point the MX record of a subdomain at mx.sendgrid.net.",
        "Add it under Settings, Inbound Parse, with the address below, 'Send Raw' checked.",
        "Attach a security policy with signature and enter its public key in the settings.",
    )
    verification: ClassVar[str] = "The ECDSA signature of the security policy."

    def __init__(
        self,
        account: SendGridAccount,
        *,
        client: httpx.Client | None = None,
        **shared: Unpack[Shared],
    ) -> None:
        super().__init__(**shared)
        self._account = account
        self._client = client or http.client(account.endpoint)

    def deliver(self, mail: OutgoingMail) -> Delivery:
        """Hand the mail over. Raises `DeliveryFailed` with SendGrid's words."""
        mime.build(mail)  # refuses unsafe headers before anything leaves
        answer = http.post(
            self._client,
            f"{self._account.endpoint}/v3/mail/send",
            body=_request(mail),
            headers={"Authorization": f"Bearer {self._account.api_key}"},
        )
        if answer.status_code >= 400:
            raise DeliveryFailed(f"HTTP {answer.status_code}: {answer.text[:500]}", permanent=True)
        return Delivery(
            provider=self.name, provider_id=answer.headers.get("X-Message-Id", mail.message_id)
        )


def _request(mail: OutgoingMail) -> dict[str, object]:
    headers = {"Message-ID": mail.message_id, **dict(mail.headers)}
    if mail.in_reply_to:
        headers["In-Reply-To"] = mail.in_reply_to
    if mail.references:
        headers["References"] = " ".join(mail.references)
    to = {"to": [_box(a) for a in mail.to]}
    # SendGrid refuses an address that stands in two of the three lists, and empty lists.
    seen = {a.email for a in mail.to}
    for key, boxes in (("cc", mail.cc), ("bcc", mail.bcc)):
        fresh = [a for a in boxes if a.email not in seen]
        seen.update(a.email for a in fresh)
        if fresh:
            to[key] = [_box(a) for a in fresh]
    content = [{"type": "text/plain", "value": mail.text}]
    if mail.html:
        content.append({"type": "text/html", "value": mail.html})
    request: dict[str, object] = {
        "personalizations": [to],
        "from": _box(mail.sender),
        "subject": mail.subject,
        "content": content,
        "headers": headers,
        "custom_args": {"ticketdesk_message_id": mail.message_id},
    }
    if mail.reply_to:
        request["reply_to"] = _box(mail.reply_to)
    if mail.attachments:
        request["attachments"] = [_file(f) for f in mail.attachments]
    return request


def _box(address: MailAddress) -> dict[str, str]:
    box = {"email": mime.ascii_domain(address.email)}
    return {**box, "name": address.name} if address.name else box


def _file(file: MailAttachment) -> dict[str, str]:
    entry = {
        "content": base64.b64encode(file.content).decode(),
        "type": file.mime_type,
        "filename": file.filename,
        "disposition": "inline" if file.content_id else "attachment",
    }
    return {**entry, "content_id": file.content_id} if file.content_id else entry
