"""A verdict's body → the content that services take, within their limits."""

from dataclasses import dataclass

from ticketdesk.models.enums import ContentFormat
from ticketdesk.services.mail.inbound.sanitise import link_inline_images
from ticketdesk.services.mail.inbound.verdict import Body

LONGEST = 400_000
_CUT = "\n\n[…] The rest is in the original message."


@dataclass(frozen=True, slots=True)
class Content:
    """What is stored as description or response."""

    text: str
    format: ContentFormat


def content_of(body: Body, inline_urls: dict[str, str]) -> Content:
    """HTML where there is some that fits, text otherwise; never empty."""
    if body.html and len(body.html) <= LONGEST:
        linked = link_inline_images(body.html, inline_urls)
        if linked.strip():
            return Content(linked, ContentFormat.HTML)
    text = body.text if len(body.text) <= LONGEST else body.text[:LONGEST] + _CUT
    return Content(text, ContentFormat.TEXT)
