"""Is there a person behind this message? (semantics.md, Email in; RFC 3834.)"""

import re
from dataclasses import dataclass

from ticketdesk.services.mail.inbound.message import ParsedMail

_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
_MACHINE_SENDER = re.compile(
    r"^(mailer-daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?|daemon)([-+_.=].*)?$"
)
_LIST_FIELDS = ("list-id", "list-unsubscribe")
_ANSWER_FIELDS = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply")
# Exchange and Outlook put the answer's nature into the subject, localised, and nothing else.
_ANSWER_SUBJECT = re.compile(
    r"^(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|"
    r"automatische antwort|abwesenheitsnotiz|réponse automatique|respuesta automática|"
    r"risposta automatica|"
    r"automatisch antwoord|resposta automática|automatiskt svar|automatisk svar|autosvar|"
    r"odpowiedź automatyczna|automatická odpověď|автоответ|自動応答|自动回复|자동 회신)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Automatic:
    """Why a message counts as automatic; `is_answer` where it only answers somebody's mail.

    Empty `reasons` mean a person wrote it.
    """

    reasons: tuple[str, ...] = ()
    is_answer: bool = False

    def __bool__(self) -> bool:
        return bool(self.reasons)


def recognise(mail: ParsedMail) -> Automatic:
    """Name every sign of a machine; an automatic message never causes an automatic answer."""
    headers, reasons, is_answer = mail.headers, [], False
    submitted = re.split(r"[;(\s]", headers.get("auto-submitted").strip().lower(), maxsplit=1)[0]
    if submitted and submitted != "no":
        reasons.append(f"Auto-Submitted: {submitted}")
        is_answer |= submitted == "auto-replied"
    for name in ("precedence", "x-precedence"):
        value = headers.get(name).strip().lower()
        if value in _BULK:
            reasons.append(f"{_title(name)}: {value}")
            is_answer |= value == "auto_reply"
    for name in ("x-auto-response-suppress", "x-loop", *_LIST_FIELDS):
        if headers.has(name):
            reasons.append(f"{_title(name)} is set")
    for name in _ANSWER_FIELDS:
        if headers.get(name).strip().lower() not in {"", "no", "false"}:
            reasons.append(f"{_title(name)} is set")
            is_answer = True
    if _has_empty_return_path(mail):
        reasons.append("Return-Path is empty")
    if mail.sender and _MACHINE_SENDER.match(mail.sender.local):
        reasons.append(f"the sender is {mail.sender.email}")
    if _ANSWER_SUBJECT.match(mail.subject):
        reasons.append("the subject is that of an automatic reply")
        is_answer = True
    return Automatic(tuple(reasons), is_answer)


def _has_empty_return_path(mail: ParsedMail) -> bool:
    return any(value.strip() in {"<>", ""} for value in mail.headers.raw("return-path"))


def _title(name: str) -> str:
    return "-".join(word.capitalize() for word in name.split("-"))
