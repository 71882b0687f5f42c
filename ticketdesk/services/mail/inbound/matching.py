"""Which ticket does a mail belong to? Four steps, in the order of semantics.md, Email in."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ticketdesk.services.mail.inbound import subjects
from ticketdesk.services.mail.inbound.desk import Desk, TicketFacts
from ticketdesk.services.mail.inbound.message import ParsedMail


@dataclass(frozen=True, slots=True)
class Match:
    """The ticket found and the header that led to it.

    `is_signed`: by a signature that only a reader of our mails can know. `is_note`: it answers a
    mail about an internal note. `is_guess`: by a number that anybody can write.
    """

    ticket: TicketFacts
    why: str
    is_signed: bool = False
    is_note: bool = False
    is_guess: bool = False


def find(mail: ParsedMail, desk: Desk) -> Match | None:
    """The first step that finds a ticket wins; None means a new one."""
    steps: tuple[Callable[[ParsedMail, Desk], Match | None], ...] = (
        by_address,
        by_in_reply_to,
        by_references,
        by_subject,
    )
    for step in steps:
        if match := step(mail, desk):
            # Whatever led here: who answers a note, quoting it, must not answer the customer.
            about_note = any(desk.signer.is_about_note(one) for one in mail.in_reply_to)
            return replace(match, is_note=match.is_note or about_note)
    return None


def by_address(mail: ParsedMail, desk: Desk) -> Match | None:
    """1: a signed plus-address among the recipients."""
    for address in mail.recipients:
        signed = desk.signer.read_plus(address.email)
        if signed and (ticket := desk.ticket(signed[1])):
            why = f"sent to {address.email}, our signed address of #{signed[1]}"
            return Match(ticket, why, is_signed=True, is_note=signed[0] == "n")
    return None


def by_in_reply_to(mail: ParsedMail, desk: Desk) -> Match | None:
    """2: our Message-ID in In-Reply-To."""
    return _by_ids(mail.in_reply_to, "In-Reply-To", desk)


def by_references(mail: ParsedMail, desk: Desk) -> Match | None:
    """3: a Message-ID of a ticket in References, newest first."""
    return _by_ids(tuple(reversed(mail.references)), "References", desk)


def by_subject(mail: ParsedMail, desk: Desk) -> Match | None:
    """4: `[#1001]` or `#1001` in the subject, only if the sender takes part in that ticket."""
    for number in subjects.numbers(mail.subject):
        ticket = desk.ticket(number)
        if ticket and takes_part(mail, ticket, desk):
            why = f"#{number} in the subject, from somebody who takes part in it"
            return Match(ticket, why, is_guess=True)
    return None


def takes_part(mail: ParsedMail, ticket: TicketFacts, desk: Desk) -> bool:
    """Whether the sender is the requester, in CC, or an agent."""
    if mail.sender is None:
        return False
    email = mail.sender.email
    return email == ticket.requester or email in ticket.cc or desk.is_agent(email)


def _by_ids(ids: tuple[str, ...], header: str, desk: Desk) -> Match | None:
    for message_id in ids:
        signed = desk.signer.read_message_id(message_id)
        number = signed[1] if signed else desk.ticket_of_message(message_id)
        ticket = desk.ticket(number) if number is not None else None
        if ticket:
            kind = "our signed Message-ID" if signed else "a Message-ID"
            return Match(
                ticket,
                f"{header} names {kind} of #{number}",
                is_signed=bool(signed),
                is_note=desk.signer.is_about_note(message_id),
            )
    return None
