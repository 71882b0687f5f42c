"""The bodies of a mail → what to show, in text and sanitised HTML."""

from ticketdesk.services.mail.inbound import reply_html, reply_text
from ticketdesk.services.mail.inbound.html_text import to_text
from ticketdesk.services.mail.inbound.message import ParsedMail
from ticketdesk.services.mail.inbound.sanitise import sanitise
from ticketdesk.services.mail.inbound.verdict import Body

EMPTY = "(empty message)"


def read_body(mail: ParsedMail, *, cut: bool) -> Body:
    """Text and HTML of `mail`; with `cut` without what it quotes and without signatures."""
    html, html_cut = reply_html.cut(mail.html) if cut else (mail.html, False)
    clean = sanitise(html)
    whole = mail.text or to_text(mail.html)
    if not cut:
        return Body(text=whole.strip() or EMPTY, html=clean)
    reply = reply_text.cut(whole)
    text = reply.text
    if not mail.text and html_cut:
        # The marks in the HTML are surer than the look of its text.
        text = reply_text.cut(to_text(html)).text
    return Body(
        text=text.strip() or EMPTY,
        html=clean,
        quoted=reply.quoted,
        was_cut=html_cut or bool(reply.quoted or reply.signature),
    )
