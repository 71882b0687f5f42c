"""Is this a report about a mail that did not arrive? Standard ones and the many others."""

import re
from dataclasses import dataclass

from ticketdesk.services.mail.inbound.addresses import Address, parse_addresses
from ticketdesk.services.mail.inbound.message import ParsedMail

_SENDER = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mdaemon|.*-?bounces?)(\+.*)?$")
_SUBJECT = re.compile(
    r"^(undeliver|delivery (status|fail|has|incomplete|delayed)|mail delivery|returned mail|"
    r"failure notice|message (not delivered|delivery|undeliver)|delivery to the following|"
    r"unzustellbar|nicht zustellbar|non remis|échec de (la )?remise|no se puede entregar|"
    r"mail system error|non recapitabile|onbestelbaar|não (foi )?entregue|undelivered)",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_SMTP_REPLY = re.compile(r"\b([45]\d\d)[ -](?=\S)")
_FIELD = re.compile(r"^([A-Za-z][A-Za-z-]*):[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_ID = re.compile(r"^(?:X-)?Message-ID:\s*(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"<?\b([\w.+=#-]{1,64}@[\w.-]{1,253}\.\w{2,24})\b>?")
_LOOK_AT = 40_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """What came back: for which address, with which words, about which mail of ours.

    `permanent` is what marks an address undeliverable; `original_ids` are the Message-IDs named in
    the report, the likeliest first.
    """

    recipients: tuple[str, ...]
    permanent: bool
    words: str
    original_ids: tuple[str, ...]
    reasons: tuple[str, ...]


def recognise(mail: ParsedMail) -> Bounce | None:
    """The bounce in `mail`, or None. A vacation answer with an empty Return-Path is none."""
    reasons = _signs(mail)
    if not reasons:
        return None
    reports = [text for kind, text in mail.machine_parts if kind.endswith("delivery-status")]
    groups = [
        g for text in reports for g in _groups(text) if "final-recipient" in g or "action" in g
    ]
    failed = [g for g in groups if g.get("action", "failed").lower() in {"failed", "delayed"}]
    if groups and not failed:
        return None  # a success or relay notice: no harm, no bounce
    body = mail.text[:_LOOK_AT] or re.sub(r"<[^>]{0,500}>", " ", mail.html[:_LOOK_AT])
    recipients = [_recipient(g) for g in failed] or _named(mail, body)
    words = next((g["diagnostic-code"] for g in failed if g.get("diagnostic-code")), "")
    words = _flat(words) or _sentence(body)
    delayed = bool(failed) and all(g.get("action", "").lower() == "delayed" for g in failed)
    status = next((g["status"] for g in failed if g.get("status")), "") or words or body
    return Bounce(
        recipients=tuple(dict.fromkeys(r for r in recipients if r)),
        permanent=not delayed and _is_permanent(status, body),
        words=words[:500],
        original_ids=_original_ids(mail, body),
        reasons=tuple(reasons),
    )


def _signs(mail: ParsedMail) -> list[str]:
    headers, signs = mail.headers, []
    report_type = re.search(r"report-type=\"?([\w-]+)", headers.get("content-type"), re.IGNORECASE)
    if mail.content_type == "multipart/report":
        if report_type and report_type[1].lower() != "delivery-status":
            return []  # a read receipt or an abuse report
        signs.append("Content-Type: multipart/report")
    elif any(kind.endswith("delivery-status") for kind, _ in mail.machine_parts):
        signs.append("it holds a delivery-status part")
    if headers.has("x-failed-recipients"):
        signs.append("X-Failed-Recipients is set")
    sender = mail.sender.local if mail.sender else ""
    empty_path = any(v.strip() == "<>" for v in headers.raw("return-path"))
    if _SUBJECT.match(mail.subject) and (_SENDER.match(sender) or empty_path):
        signs.append(f"sender and subject of a delivery report ({mail.subject[:60]!r})")
    elif _SENDER.match(sender) and empty_path and _original_ids(mail, mail.text[:_LOOK_AT]):
        signs.append("empty Return-Path and a returned message")
    return signs


def _groups(text: str) -> list[dict[str, str]]:
    """The field groups of a delivery-status part (RFC 3464, 2.1), one per recipient."""
    groups = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        fields = {name.lower(): value for name, value in _FIELD.findall(block)}
        if fields:
            groups.append(fields)
    return groups


def _recipient(group: dict[str, str]) -> str:
    for name in ("original-recipient", "final-recipient"):
        value = group.get(name, "").rpartition(";")[2].strip().strip("<>").lower()
        if "@" in value:
            return value
    return ""


def _named(mail: ParsedMail, body: str) -> list[str]:
    listed = [a for v in mail.headers.raw("x-failed-recipients") for a in parse_addresses(v)]
    if listed:
        return [a.email for a in listed]
    own = {a.email for a in mail.recipients} | {(mail.sender or Address("")).email}
    head = re.split(r"(?im)^(-+ ?(original|this is a copy|returned)|received:|message-id:)", body)[
        0
    ]
    return [a for a in map(str.lower, _ADDRESS.findall(head)) if a not in own][:1]


def _is_permanent(status: str, body: str) -> bool:
    for text in (status, body):
        if found := _STATUS.search(text):
            return found[1] == "5"
        if found := _SMTP_REPLY.search(text):
            return found[1].startswith("5")
    return not re.search(r"(?i)\b(delayed|will (be )?retr|temporar|still trying)", body)


def _original_ids(mail: ParsedMail, body: str) -> tuple[str, ...]:
    returned = [text for kind, text in mail.machine_parts if not kind.endswith("delivery-status")]
    attached = [
        f.content[:_LOOK_AT].decode("utf-8", "replace")
        for f in mail.files
        if f.mime_type == "message/rfc822"
    ]
    ids = [i for text in (*returned, *attached, body) for i in _ID.findall(text)]
    return tuple(dict.fromkeys((*ids, *mail.in_reply_to, *mail.references)))


def _flat(text: str) -> str:
    return " ".join(text.partition(";")[2].split() or text.split())


def _sentence(body: str) -> str:
    """The line that says what went wrong: one with a code, else the first words."""
    for line in body.splitlines():
        if _STATUS.search(line) or _SMTP_REPLY.search(line):
            return " ".join(line.split())
    return " ".join(body.split())[:200]
