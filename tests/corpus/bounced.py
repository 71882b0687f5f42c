"""Mail that came back, as ten kinds of servers write it; and reports that are no bounces."""

from collections.abc import Iterator

from tests.corpus.case import Case, message, multipart
from tests.corpus.desk import JANE, PLUS, SENT, SIGNER, SUPPORT

_DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example>"


def _report(status: str, action: str = "failed", diagnostic: str = "", **more: object) -> bytes:
    groups = (
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {JANE}\nAction: {action}\nStatus: {status}\n"
        + (f"Diagnostic-Code: smtp; {diagnostic}\n" if diagnostic else "")
    )
    settings = {
        "kind": "report; report-type=delivery-status",
        "sender": _DAEMON,
        "subject": "Undelivered Mail Returned to Sender",
        "extra": ("Return-Path: <>", "Auto-Submitted: auto-replied"),
    } | more
    kind = str(settings.pop("kind"))
    raw = multipart(
        "Content-Type: text/plain\n\nThis is the mail system at mx.example.",
        groups,
        f"Content-Type: message/rfc822\n\nFrom: {SUPPORT}\nTo: {JANE}\nMessage-ID: {SENT}\n\nHi",
        kind="mixed",
        **settings,  # type: ignore[arg-type]
    )
    return raw.replace(b"multipart/mixed;", f"multipart/{kind};".encode())


def _plain(body: str, **more: object) -> bytes:
    settings = {"sender": _DAEMON, "extra": ("Return-Path: <>",)} | more
    return message(body, **settings)  # type: ignore[arg-type]


def cases() -> Iterator[Case]:
    gone = "550 5.1.1 <jane@customer.example>: user unknown"
    postfix = _report("5.1.1", diagnostic=gone)
    yield Case("Postfix", postfix, "bounce", number=1001, why=f"for good: {JANE}")
    full = _report("4.2.2", diagnostic="452 4.2.2 mailbox full")
    yield Case("mailbox full", full, "bounce", number=1001, why=f"for now: {JANE}")
    delayed = _report("4.4.1", "delayed", subject="Delayed Mail (still being retried)")
    yield Case("delayed", delayed, "bounce", number=1001, why="for now")
    exchange = _report("5.7.1", sender="postmaster@corp.example", subject="Undeliverable: Re: x")
    yield Case("Exchange", exchange, "bounce", number=1001, why="for good")
    german = _report("5.1.10", subject="Unzustellbar: Ticket #1001")
    yield Case("Exchange's report in German", german, "bounce", number=1001)
    no_report_type = _report("5.1.1", kind="mixed")
    yield Case("status part in a plain mixed mail", no_report_type, "bounce", number=1001)
    qmail = _plain(
        "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver "
        f"your message.\n\n<{JANE}>:\n192.0.2.1 does not like recipient.\n"
        "Remote host said: 550 5.1.1 no such user\n\n--- Below this line is a copy.\n\n"
        f"Message-ID: {SENT}\nFrom: {SUPPORT}\n",
        subject="failure notice",
    )
    yield Case("qmail", qmail, "bounce", number=1001, why=f"for good: {JANE}")
    exim = _plain(
        "This message was created automatically by mail delivery software.\n\nA message that you "
        f"sent could not be delivered.\n\n  {JANE}\n    host mx [192.0.2.1]\n    SMTP error: 550 "
        f"Unknown user\n\n------ This is a copy of the message.\n\nMessage-ID: {SENT}\n",
        subject="Mail delivery failed: returning message to sender",
        extra=("Return-Path: <>", f"X-Failed-Recipients: {JANE}"),
    )
    yield Case("Exim", exim, "bounce", number=1001, why=f"for good: {JANE}")
    gmail = _plain(
        "Address not found\n\nYour message wasn't delivered to jane@customer.example because the "
        "address couldn't be found.\n\nThe response was:\n550 5.1.1 no such user\n",
        sender="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        subject="Delivery Status Notification (Failure)",
        extra=("Return-Path: <>", f"X-Failed-Recipients: {JANE}", f"In-Reply-To: {SENT}"),
    )
    yield Case("Gmail", gmail, "bounce", number=1001, why=f"for good: {JANE}")
    bare = _plain(
        f"Your message to {JANE} was rejected:\n550 5.7.1 blocked\n",
        subject="Returned mail: see transcript",
        to=SIGNER.bounce_address(SUPPORT, 1001),
    )
    yield Case("nothing returned but our bounce address", bare, "bounce", number=1001)
    plus = _plain(f"<{JANE}> 550 unknown", subject="Undelivered mail", to=PLUS)
    yield Case("sendmail to the plus-address", plus, "bounce", number=1001)
    foreign = _plain("Could not deliver. 550 5.1.1", subject="Mail delivery failed")
    yield Case("a bounce of nothing we know", foreign, "bounce", number=None)
    done = _report("2.0.0", "delivered", subject="Successful Mail Delivery Report")
    yield Case("a success report", done, "ignored")
    receipt = multipart(
        "Content-Type: text/plain\n\nYour message was read.",
        "Content-Type: message/disposition-notification\n\nDisposition: manual; displayed",
        subject="Read: Ticket #1001",
        extra=(f"In-Reply-To: {SENT}",),
    ).replace(b"multipart/mixed;", b"multipart/report; report-type=disposition-notification;")
    yield Case("a read receipt is no bounce", receipt, "appended", number=1001)
    vacation = message("I am away.", extra=("Return-Path: <>", "Auto-Submitted: auto-replied"))
    yield Case("a vacation answer with an empty path", vacation, "ignored")
    person = message("My mails come back with 550 5.1.1, why?", subject="Undelivered mail")
    yield Case("a person who writes about bounces", person, answers=True)
