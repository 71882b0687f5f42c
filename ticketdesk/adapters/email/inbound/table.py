"""Providers by the name that `?provider=` takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ticketdesk.adapters.email.inbound import mailgun, postmark, sendgrid, ses
from ticketdesk.adapters.email.inbound.call import Call
from ticketdesk.adapters.email.provider import IncomingEmail


@dataclass(frozen=True, slots=True)
class InboundProvider:
    """How a provider proves itself and what it sends; `secrets` are the organization's own."""

    verify: Callable[[Call, dict[str, Any]], None]
    read: Callable[[Call, dict[str, Any]], IncomingEmail | None]


PROVIDERS: dict[str, InboundProvider] = {
    "sendgrid": InboundProvider(sendgrid.verify, sendgrid.read),
    "postmark": InboundProvider(postmark.verify, postmark.read),
    "ses": InboundProvider(ses.verify, ses.read),
    "mailgun": InboundProvider(mailgun.verify, mailgun.read),
}
