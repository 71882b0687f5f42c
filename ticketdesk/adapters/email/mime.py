"""Outgoing mail → RFC 5322 bytes, with no way for a name or a subject to inject a header."""

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime

import idna

from ticketdesk.adapters.email.failures import DeliveryFailed, UnsafeHeader
from ticketdesk.adapters.email.mail import MailAddress, MailAttachment, OutgoingMail

_FORBIDDEN = frozenset("\r\n\0")
_POLICY = SMTP.clone(max_line_length=78)
_POLICY_UTF8 = _POLICY.clone(utf8=True)


def ascii_domain(email: str) -> str:
    """The address with its domain in ASCII (IDNA 2008), as SMTP without SMTPUTF8 needs it.

    Raises `DeliveryFailed` (permanent) for what is no address at all.
    """
    local, at, domain = email.rpartition("@")
    if not at or not local or not domain:
        raise DeliveryFailed(f"{email!r} is not a mail address.", permanent=True)
    if domain.isascii():
        return email
    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError as error:
        raise DeliveryFailed(f"{email!r} has no valid domain: {error}.", permanent=True) from error


def needs_utf8(mail: OutgoingMail) -> bool:
    """Whether an address has a local part beyond ASCII, so that the server must do SMTPUTF8."""
    everyone = (mail.sender, *mail.to, *mail.cc, *mail.bcc)
    return any(not a.email.rpartition("@")[0].isascii() for a in everyone)


def build(mail: OutgoingMail) -> EmailMessage:
    """The mail as a MIME tree: text, HTML beside it, inline images, attachments.

    The same mail always gives the same bytes (boundaries derive from the Message-ID), so a repeat
    is recognisable. Bcc is never written. Raises `UnsafeHeader`, `DeliveryFailed`.
    """
    message = EmailMessage(policy=_POLICY_UTF8 if needs_utf8(mail) else _POLICY)
    _put(message, "From", [mail.sender])
    _put(message, "To", mail.to)
    _put(message, "Cc", mail.cc)
    if mail.reply_to:
        _put(message, "Reply-To", [mail.reply_to])
    plain = [
        ("Subject", mail.subject),
        ("Date", format_datetime(mail.date)),
        ("Message-ID", mail.message_id),
        ("In-Reply-To", mail.in_reply_to or ""),
        ("References", " ".join(mail.references)),
        *mail.headers,
    ]
    for name, value in plain:
        if value:
            message[name] = _safe(name, value)
    _fill(message, mail)
    _fix_boundaries(message, mail.message_id)
    return message


def to_bytes(mail: OutgoingMail) -> bytes:
    """The mail on the wire, CRLF line ends."""
    message = build(mail)
    # Folding at 78 would put every Message-ID of ours onto a line of its own, which RFC 5322
    # allows and some programs misread; bodies are encoded already and keep their 76.
    return message.as_bytes(policy=message.policy.clone(max_line_length=250))


def _safe(name: str, value: str) -> str:
    if _FORBIDDEN.intersection(value):
        raise UnsafeHeader(name)
    return value


def _put(
    message: EmailMessage, name: str, mailboxes: "tuple[MailAddress, ...] | list[MailAddress]"
) -> None:
    if not mailboxes:
        return
    addresses = []
    for box in mailboxes:
        email = ascii_domain(_safe(name, box.email))
        local, _, domain = email.rpartition("@")
        try:
            addresses.append(Address(_safe(name, box.name), username=local, domain=domain))
        except (ValueError, IndexError) as error:
            raise DeliveryFailed(f"{box.email!r} is not a mail address.", permanent=True) from error
    message[name] = addresses


def _fill(message: EmailMessage, mail: OutgoingMail) -> None:
    message.set_content(mail.text, charset="utf-8")
    if mail.html:
        message.add_alternative(mail.html, subtype="html", charset="utf-8")
        *_, html = message.iter_parts()
        for file in mail.attachments:
            if file.content_id:
                _attach(html, file)
    for file in mail.attachments:
        if not (file.content_id and mail.html):
            _attach(message, file)


def _attach(part: MIMEPart, file: MailAttachment) -> None:
    main, _, sub = file.mime_type.partition("/")
    # Composite types must not be declared on bytes: an attached mail stays an opaque file.
    if not sub or main in {"multipart", "message"}:
        main, sub = "application", "octet-stream"
    name = _safe("Content-Disposition", file.filename)
    if file.content_id:
        cid = f"<{_safe('Content-ID', file.content_id)}>"
        part.add_related(file.content, main, sub, cid=cid, filename=name, disposition="inline")
    else:
        part.add_attachment(file.content, main, sub, filename=name)


def _fix_boundaries(message: EmailMessage, seed: str) -> None:
    for position, part in enumerate(message.walk()):
        if part.is_multipart():
            digest = hashlib.sha256(f"{seed}/{position}".encode()).hexdigest()
            part.set_boundary(f"=_{digest[:32]}")
