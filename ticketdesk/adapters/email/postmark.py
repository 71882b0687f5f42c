"""Postmark provider (API /email)."""

import base64
from dataclasses import dataclass, field
from email.headerregistry import Address
from typing import ClassVar, Unpack

import httpx

from ticketdesk.adapters.email import http, mime
from ticketdesk.adapters.email.base import ComposingProvider, Shared
from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.adapters.email.mail import Delivery, MailAddress, MailAttachment, OutgoingMail


@dataclass(frozen=True, slots=True)
class PostmarkServer:
    """The server token and the message stream mail is sent in."""

    token: str = field(repr=False)
    stream: str = "outbound"
    endpoint: str = "https://api.postmarkapp.com"


class PostmarkProvider(ComposingProvider):
    """Hands mail to Postmark as JSON; `X-PM-KeepID` makes it keep our Message-ID."""

    name: ClassVar[str] = "postmark"
    inbound_steps: ClassVar[tuple[str, ...]] = (
        "Open the server's inbound stream and set its webhook to the address below.",
        "Put the inbound user name and password of the settings into the address.",
        "Check 'Include raw email content in JSON payload'.",
        "Forward the support address to the stream's inbound address.",
    )
    verification: ClassVar[str] = "The user name and password in the webhook's address."

    def __init__(
        self,
        server: PostmarkServer,
        *,
        client: httpx.Client | None = None,
        **shared: Unpack[Shared],
    ) -> None:
        super().__init__(**shared)
        self._server = server
        self._client = client or http.client(server.endpoint)

    def deliver(self, mail: OutgoingMail) -> Delivery:
        """Hand the mail over. Raises `DeliveryFailed` with Postmark's code and words."""
        mime.build(mail)  # refuses unsafe headers before anything leaves
        answer = http.post(
            self._client,
            f"{self._server.endpoint}/email",
            body=_request(mail, self._server.stream),
            headers={
                "X-Postmark-Server-Token": self._server.token,
                "Accept": "application/json",
            },
        )
        if answer.status_code >= 400:
            raise DeliveryFailed(_words(answer), permanent=True)
        return Delivery(provider=self.name, provider_id=str(answer.json()["MessageID"]))


def _words(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        return f"{problem['ErrorCode']}: {problem['Message']}"
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}: {answer.text[:500]}"


def _request(mail: OutgoingMail, stream: str) -> dict[str, object]:
    headers = [("Message-ID", mail.message_id), ("X-PM-KeepID", "true"), *mail.headers]
    if mail.in_reply_to:
        headers.append(("In-Reply-To", mail.in_reply_to))
    if mail.references:
        headers.append(("References", " ".join(mail.references)))
    request: dict[str, object] = {
        "From": _box(mail.sender),
        "To": ", ".join(map(_box, mail.to)),
        "Subject": mail.subject,
        "TextBody": mail.text,
        "MessageStream": stream,
        "Headers": [{"Name": name, "Value": value} for name, value in headers],
        "Metadata": {"ticketdesk_message_id": mail.message_id[:80]},
    }
    optional: dict[str, object] = {
        "HtmlBody": mail.html,
        "Cc": ", ".join(map(_box, mail.cc)),
        "Bcc": ", ".join(map(_box, mail.bcc)),
        "ReplyTo": _box(mail.reply_to) if mail.reply_to else "",
        "Attachments": [_file(f) for f in mail.attachments],
    }
    return request | {key: value for key, value in optional.items() if value}


def _box(address: MailAddress) -> str:
    local, _, domain = mime.ascii_domain(address.email).rpartition("@")
    return str(Address(address.name, username=local, domain=domain))


def _file(file: MailAttachment) -> dict[str, str]:
    entry = {
        "Name": file.filename,
        "Content": base64.b64encode(file.content).decode(),
        "ContentType": file.mime_type,
    }
    return {**entry, "ContentID": f"cid:{file.content_id}"} if file.content_id else entry
