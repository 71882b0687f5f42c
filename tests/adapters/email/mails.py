"""A mail to hand over, with everything a mail can have."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ticketdesk.adapters.email.mail import MailAddress, MailAttachment, OutgoingMail

MAIL = OutgoingMail(
    message_id="<out_1.t1001.abcdefghijklmnop@acme.example>",
    sender=MailAddress("support@acme.example", "Grace (Acme Support)"),
    reply_to=MailAddress("support+t1001.abcdefghijkl@acme.example", "Acme Support"),
    to=(MailAddress("jane@customer.example", "Jane Doe"),),
    cc=(MailAddress("omar@customer.example"),),
    bcc=(MailAddress("boss@acme.example"),),
    subject="Re: Ticket #1001: Grüße aus Köln",
    text="Try again, please.\n",
    html='<p>Try <b>again</b>, please. <img src="cid:logo@desk"></p>',
    date=datetime(2026, 3, 2, 11, 0, tzinfo=UTC),
    in_reply_to="<1@customer.example>",
    references=("<0@customer.example>", "<1@customer.example>"),
    headers=(("X-Auto-Response-Suppress", "All"),),
    attachments=(
        MailAttachment("logo.png", "image/png", b"\x89PNG", content_id="logo@desk"),
        MailAttachment("Rechnung Nr. 5, März.pdf", "application/pdf", b"%PDF"),
    ),
    envelope_from="support+b1001.abcdefghijkl@acme.example",
)


def mail(**changes: Any) -> OutgoingMail:
    """`MAIL` with changes."""
    return replace(MAIL, **changes)
