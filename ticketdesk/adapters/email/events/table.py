"""Providers that tell what became of a mail, by the name that `?provider=` takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ticketdesk.adapters.email.events import postmark, sendgrid, ses
from ticketdesk.adapters.email.events.news import News
from ticketdesk.adapters.email.inbound.call import Call


@dataclass(frozen=True, slots=True)
class NewsProvider:
    """How a provider proves itself and what it tells."""

    verify: Callable[[Call, dict[str, Any]], None]
    read: Callable[[Call], list[News]]


PROVIDERS: dict[str, NewsProvider] = {
    "sendgrid": NewsProvider(sendgrid.verify, sendgrid.read),
    "postmark": NewsProvider(postmark.verify, postmark.read),
    "ses": NewsProvider(ses.verify, ses.read),
}
