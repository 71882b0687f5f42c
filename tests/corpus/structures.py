"""Structures: files, nesting, forwards, encryption, invitations, and what is simply broken."""

import base64
import struct
from collections.abc import Iterator

from tests.corpus.case import Case, file_part, html_part, message, multipart, text_part
from tests.corpus.desk import JANE, SUPPORT
from tests.corpus.tnef_files import winmail

_INVITE = (
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Call\n"
    "DTSTART:20260303T100000Z\nEND:VEVENT\nEND:VCALENDAR"
)


def cases() -> Iterator[Case]:
    yield from _files()
    yield from _nested()
    yield from _broken()
    yield from _heavy()


def _files() -> Iterator[Case]:
    pdf = file_part("report.pdf", "application/pdf", b"%PDF-1.7")
    yield Case(
        "a file", multipart(text_part("See file."), pdf), text="See file.", files=("report.pdf",)
    )
    inline = file_part(
        "pic.png",
        "image/png",
        b"\x89PNG",
        "Content-ID: <pic@x>",
        "Content-Disposition: inline; filename=pic.png",
    )
    related = multipart(html_part('<p>See <img src="cid:pic@x"></p>'), inline, kind="related")
    yield Case("an inline image", related, html=('src="cid:pic@x"',), files=("pic.png",))
    rfc2231 = file_part(
        "x",
        "application/pdf",
        b"%PDF",
        "Content-Disposition: attachment; filename*=utf-8''Rechnung%20M%C3%A4rz.pdf",
    )
    yield Case(
        "a file name after RFC 2231",
        multipart(text_part("x"), rfc2231),
        files=("Rechnung März.pdf",),
    )
    word = file_part(
        "x",
        "application/pdf",
        b"%PDF",
        'Content-Disposition: attachment; filename="=?utf-8?B?TcOkcnoucGRm?="',
    )
    yield Case(
        "a file name in an encoded word", multipart(text_part("x"), word), files=("März.pdf",)
    )
    path = file_part(
        "x", "text/x-sh", b"rm", 'Content-Disposition: attachment; filename="../../etc/cron.d/x.sh"'
    )
    yield Case("a file name with a path", multipart(text_part("x"), path), files=("x.sh",))
    turned = file_part(
        "x",
        "application/x-msdownload",
        b"MZ",
        "Content-Disposition: attachment; filename*=utf-8''%E2%80%AEfdp.exe",
    )
    yield Case(
        "a file name that reads backwards", multipart(text_part("x"), turned), files=("fdp.exe",)
    )
    nameless = (
        "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode(b"%PDF").decode()
    )
    yield Case("a file without a name", multipart(text_part("x"), nameless), files=("file-1.pdf",))
    long = file_part(
        "x",
        "application/pdf",
        b"%PDF",
        f'Content-Disposition: attachment; filename="{"a" * 400}.pdf"',
    )
    yield Case(
        "a very long file name", multipart(text_part("x"), long), files=("a" * 120 + ".pdf",)
    )
    only = message(b"%PDF-1.7", kind="application/pdf; name=scan.pdf", declared="")
    yield Case("nothing but a file", only, text="(empty message)", files=("scan.pdf",))
    invite = multipart(
        text_part("Please come."),
        f"Content-Type: text/calendar; method=REQUEST; name=invite.ics\n\n{_INVITE}",
    )
    yield Case("a calendar invitation", invite, text="Please come.", files=("invite.ics",))
    outlook = file_part(
        "winmail.dat",
        "application/ms-tnef",
        winmail("Hello from Outlook.", {"Annual report.pdf": b"%PDF"}),
    )
    unwrapped = multipart(text_part(""), outlook)
    yield Case(
        "winmail.dat",
        unwrapped,
        text="Hello from Outlook.",
        files=("Annual report.pdf",),
        why="unwrapped",
    )
    broken = file_part("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22\x01\x00\xff\xff")
    yield Case(
        "broken winmail.dat",
        multipart(text_part("x"), broken),
        files=("winmail.dat",),
        why="could not",
    )
    endless = (
        struct.pack("<IH", 0x223E9F78, 1)
        + struct.pack("<BHHI", 1, 0x9003, 6, 12)
        + struct.pack("<IHHI", 2**32 - 1, 0x1003, 1, 2**32 - 1)
    )
    bomb = file_part("winmail.dat", "application/ms-tnef", endless)
    yield Case(
        "winmail.dat that claims four thousand million values",
        multipart(text_part("x"), bomb),
        files=("winmail.dat",),
    )
    smime = multipart(
        text_part("Signed words."),
        file_part("smime.p7s", "application/pkcs7-signature", b"0\x80"),
        kind="signed",
    )
    yield Case("S/MIME, signed", smime, text="Signed words.", files=())
    sealed = message(
        base64.b64encode(b"0\x80secret"),
        kind="application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
        declared="",
        extra=("Content-Transfer-Encoding: base64",),
    )
    yield Case("S/MIME, encrypted", sealed, files=("smime.p7m",), why="S/MIME")
    pgp = multipart(
        "Content-Type: application/pgp-encrypted\n\nVersion: 1",
        file_part("encrypted.asc", "application/octet-stream", b"-----BEGIN PGP"),
        kind="encrypted",
    )
    yield Case("PGP, encrypted", pgp, has=("empty",))
    attached_text = multipart(
        text_part("See log."),
        'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.log"\n\nline',
    )
    yield Case("a text file stays a file", attached_text, text="See log.", files=("a.log",))
    apple = multipart(
        text_part("Before."), file_part("a.png", "image/png", b"\x89PNG"), text_part("After.")
    )
    yield Case(
        "Apple Mail's text around a picture", apple, has=("Before.", "After."), files=("a.png",)
    )


def _nested() -> Iterator[Case]:
    bob = "From: Bob <bob@else.example>\nMessage-ID: <bob@else.example>"
    inner = f"{bob}\nSubject: The original\n\nSecret words"
    forward = multipart(text_part("See attached mail."), f"Content-Type: message/rfc822\n\n{inner}")
    yield Case(
        "a mail inside the mail",
        forward,
        text="See attached mail.",
        files=("The original.eml",),
        lacks=("Secret",),
    )
    deeper = (
        f"Content-Type: message/rfc822\n\nSubject: outer\nContent-Type: message/rfc822\n\n{inner}"
    )
    yield Case(
        "a mail inside a mail inside the mail",
        multipart(text_part("x"), deeper),
        files=("outer.eml",),
    )
    for language, (mark, names) in {
        "English": ("---------- Forwarded message ---------", ("From", "Date", "Subject", "To")),
        "German": (
            "---------- Weitergeleitete Nachricht ---------",
            ("Von", "Datum", "Betreff", "An"),
        ),
        "Outlook": ("-----Original Message-----", ("From", "Sent", "To", "Subject")),
    }.items():
        head = "\n".join(
            f"{n}: {v}"
            for n, v in zip(
                names,
                (
                    "Jane Doe <jane@customer.example>",
                    "Mon, 2 Mar 2026",
                    "Broken",
                    "grace@acme.example",
                ),
                strict=True,
            )
        )
        text = f"Please take over.\n\n{mark}\n{head}\n\nMy printer burns."
        raw = message(text, sender="Grace <grace@acme.example>", subject="Fwd: Broken")
        yield Case(f"an agent forwards, {language}", raw, has=("My printer burns.",), author=JANE)
    customers = message(
        "FYI\n\n---------- Forwarded message ---------\nFrom: X <x@y.example>\nDate: d\n\nwords",
        subject="Fwd: x",
    )
    yield Case("a customer forwards", customers, author=JANE, has=("words",))


def _broken() -> Iterator[Case]:
    yield Case("no date", message().replace(b"Date: Mon, 02 Mar 2026 11:00:00 +0100\n", b""))
    yield Case("nonsense date", message().replace(b"Mon, 02 Mar 2026 11:00:00 +0100", b"yesterday"))
    yield Case("date in the year 99999", message().replace(b"02 Mar 2026", b"02 Mar 99999"))
    yield Case(
        "no subject", message().replace(b"Subject: A question\n", b""), subject="(no subject)"
    )
    yield Case("no message id", message(message_id=None))
    yield Case("empty body", message(""), text="(empty message)")
    yield Case("only blank lines", message("\n\n \n"), text="(empty message)")
    yield Case("no closing boundary", multipart(text_part("Hello."), close=False), text="Hello.")
    lost = multipart(text_part("Hello.")).replace(b'; boundary="=_corpus"', b"")
    yield Case("multipart without a boundary", lost, has=("Hello.",))
    wrong = multipart(text_part("Hello.")).replace(b'boundary="=_corpus"', b'boundary="other"')
    yield Case("the wrong boundary", wrong)
    bad64 = message(b"SGVsbG8*#!", extra=("Content-Transfer-Encoding: base64",)).replace(
        b"Content-Transfer-Encoding: 8bit\n", b""
    )
    yield Case("broken base64", bad64)
    odd = message("Hello.", extra=("Content-Transfer-Encoding: x-odd",)).replace(
        b"Content-Transfer-Encoding: 8bit\n", b""
    )
    yield Case("unknown transfer encoding", odd, has=("Hello.",))
    typed = message("Hello.", kind="text")
    yield Case("half a content type", typed, text="Hello.")
    yield Case("two From addresses", message(sender=f"{JANE}, bob@else.example"), author=JANE)
    yield Case("a quoted comma in the name", message(sender=f'"Doe, Jane" <{JANE}>'), author=JANE)
    yield Case("no brackets around the address", message(sender=JANE), author=JANE)
    yield Case("upper case in the address", message(sender="<JANE@Customer.Example>"), author=JANE)
    yield Case("a comment in the address", message(sender=f"{JANE} (Jane Doe)"), author=JANE)
    yield Case("unbalanced quotes in the name", message(sender=f'"Jane <{JANE}>'), author=JANE)
    no_from = message().replace(b"From:", b"X-From:")
    yield Case("no sender", no_from, "failed", why="no sender")
    by_sender = no_from.replace(b"X-From:", b"Sender:")
    yield Case("only a Sender field", by_sender, author=JANE)
    injected = message(subject="=?utf-8?Q?Hi=0D=0ABcc=3A_all=40victims.example?=")
    yield Case(
        "a line break hidden in the subject", injected, subject="Hi Bcc: all@victims.example"
    )
    yield Case("nothing", b"", "failed", why="empty")
    yield Case("noise", bytes(range(256)) * 4, "failed")
    yield Case("no header field at all", b"hello there\nwhat is this\n", "failed")
    yield Case("header without body", b"From: jane@customer.example\nSubject: x", subject="x")
    yield Case(
        "mbox line in front", b"From jane@customer.example Mon Mar 2\n" + message(), text="Hello."
    )
    yield Case("old Mac line ends", message().replace(b"\n", b"\r"))
    seen = message(message_id="<seen-before@customer.example>")
    yield Case("seen before", seen, "duplicate")


def _heavy() -> Iterator[Case]:
    crowd = ", ".join(f'"User {i}" <u{i}@crowd.example>' for i in range(5000))
    yield Case("5,000 recipients", message(extra=(f"Cc: {crowd}",)))
    bomb = [f"X-Bomb-{i}: {'v' * 500}" for i in range(5000)]
    yield Case("5,000 header fields", message(extra=bomb))
    yield Case("a header of 5 MB", message(extra=(f"X-Long: {'v' * 5_000_000}",)))
    yield Case("50,000 parentheses in From", message(sender="(" * 50_000 + JANE))
    yield Case(
        "references without end",
        message(extra=("References: " + " ".join(f"<{i}@x.example>" for i in range(20_000)),)),
    )
    deep = "".join(
        f"--b{i}\nContent-Type: multipart/mixed; boundary=b{i + 1}\n\n" for i in range(1500)
    )
    yield Case(
        "1,500 nested multiparts", message(deep, kind="multipart/mixed; boundary=b0", declared="")
    )
    many = multipart(*[text_part(f"part {i}") for i in range(2000)])
    yield Case("2,000 parts", many, has=("part 0",), why="more than 500 parts")
    long = message("word " * 2_000_000)
    yield Case("10 MB of text", long, why="text cut")
    words = message(subject="=?utf-8?q?" * 20_000)
    yield Case("20,000 unfinished encoded words", words)
    tags = message("<b>" * 300_000, kind="text/html")
    yield Case("300,000 open tags", tags)
    marks = message(("> " * 200 + "\n") * 2000)
    yield Case("quote marks without end", marks)
    attribution = message(("On " + "x" * 500 + "\n") * 3000)
    yield Case("lines that almost introduce a quote", attribution)
    to = f"To: {SUPPORT}\n".encode()
    yield Case("a thousand To fields", to * 1000 + message())
