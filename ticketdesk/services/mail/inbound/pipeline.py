"""The pipeline: raw bytes → `Verdict`, one small step after the other (semantics.md, Email in)."""

import hashlib
from dataclasses import replace

from ticketdesk.services.mail.inbound import automatic, bounces, loops, matching, subjects, trust
from ticketdesk.services.mail.inbound.addresses import Address
from ticketdesk.services.mail.inbound.automatic import Automatic
from ticketdesk.services.mail.inbound.body import read_body
from ticketdesk.services.mail.inbound.desk import Desk
from ticketdesk.services.mail.inbound.forwards import forwarded_from
from ticketdesk.services.mail.inbound.matching import Match
from ticketdesk.services.mail.inbound.message import ParsedMail
from ticketdesk.services.mail.inbound.parse import Unreadable, parse
from ticketdesk.services.mail.inbound.verdict import Result, Verdict


def digest_of(raw: bytes) -> str:
    """What identifies a message that brings no Message-ID."""
    return hashlib.sha256(raw).hexdigest()


def judge(raw: bytes, desk: Desk, envelope_to: tuple[str, ...] = ()) -> Verdict:
    """Judge one mail. Any bytes at all end as a verdict; only a broken `desk` raises.

    `envelope_to` are the addresses it was delivered to, where the provider tells them.
    """
    try:
        mail = parse(raw)
    except Unreadable as problem:
        return Verdict(Result.FAILED, (f"It cannot be read: {problem}.",))
    if envelope_to:
        envelope = tuple(Address(email.lower()) for email in envelope_to)
        mail = replace(mail, delivered_to=(*envelope, *mail.delivered_to))
    if desk.is_known(mail.message_id, digest_of(raw)):
        which = f"Message-ID {mail.message_id}" if mail.message_id else "content"
        return Verdict(Result.DUPLICATE, (f"A message with the same {which} is stored.",), mail)
    return _judge(mail, desk)


def _judge(mail: ParsedMail, desk: Desk) -> Verdict:
    notes = tuple(f"Note: {note}." for note in mail.notes)
    if bounce := bounces.recognise(mail):
        return _bounced(mail, bounce, desk, notes)
    if loop := loops.own_mail(mail, desk.own_addresses, desk.signer):
        return Verdict(Result.IGNORED, (f"Our own mail: {loop}.", *notes), mail)
    machine = automatic.recognise(mail)
    match = matching.find(mail, desk)
    if machine.is_answer:
        why = (*_machine(machine), "An automatic answer is kept, but changes no ticket.", *notes)
        number = match.ticket.number if match else None
        return Verdict(Result.IGNORED, why, mail, ticket_number=number)
    author = _author(mail, machine)
    if author is None:
        return Verdict(Result.FAILED, ("It names no sender.", *notes), mail)
    why = (*_machine(machine), *notes)
    if match is None:
        return _new(mail, author, desk, machine, ("No header leads to a ticket: a new one.", *why))
    return _matched(mail, author, match, desk, machine, why)


def _matched(
    mail: ParsedMail,
    author: Address,
    match: Match,
    desk: Desk,
    machine: Automatic,
    why: tuple[str, ...],
) -> Verdict:
    ticket = match.ticket
    why = (f"Matched: {match.why}.", *why)
    is_agent = desk.is_agent(author.email)
    if not matching.takes_part(mail, ticket, desk) or (match.is_note and not is_agent):
        held = f"Held: {author.email} is not part of ticket #{ticket.number}."
        return _verdict(Result.HELD, mail, author, machine, (*why, held), number=ticket.number)
    if is_agent and (reason := trust.forged(mail)):
        held = f"Held: it claims to be from an agent, but the mail server says {reason}."
        return _verdict(Result.HELD, mail, author, machine, (*why, held), number=ticket.number)
    if ticket.is_closed and not is_agent:
        if subjects.changed(mail.subject, ticket.subject):
            more = f"#{ticket.number} is closed and the subject is another: a new, linked ticket."
            return _new(mail, author, desk, machine, (*why, more), linked_to=ticket.number)
        if not ticket.reopens:
            more = f"#{ticket.number} has been closed too long to reopen: a new, linked ticket."
            return _new(mail, author, desk, machine, (*why, more), linked_to=ticket.number)
    verdict = _verdict(
        Result.APPENDED, mail, author, machine, why, number=ticket.number, is_agent=is_agent
    )
    proof = match.is_signed and trust.forged(mail) is None
    return replace(verdict, proves_address=proof, is_note=match.is_note)


def _new(
    mail: ParsedMail,
    author: Address,
    desk: Desk,
    machine: Automatic,
    why: tuple[str, ...],
    linked_to: int | None = None,
) -> Verdict:
    if desk.is_agent(author.email) and (customer := forwarded_from(mail)):
        more = f"{author.email} forwarded it: the requester is {customer.email}."
        author, why = customer, (*why, more)
    return _verdict(Result.CREATED, mail, author, machine, why, linked_to=linked_to)


def _verdict(
    result: Result,
    mail: ParsedMail,
    author: Address,
    machine: Automatic,
    why: tuple[str, ...],
    *,
    number: int | None = None,
    linked_to: int | None = None,
    is_agent: bool = False,
) -> Verdict:
    # A new ticket keeps everything: what a first mail quotes may be all there is to it.
    body = read_body(mail, cut=result is not Result.CREATED)
    return Verdict(
        result,
        why,
        mail,
        body=body,
        author=author,
        is_agent=is_agent,
        may_answer=not machine and not is_agent,
        ticket_number=number,
        linked_to=linked_to,
        subject=mail.subject or "(no subject)",
        files=mail.files,
    )


def _bounced(
    mail: ParsedMail, bounce: bounces.Bounce, desk: Desk, notes: tuple[str, ...]
) -> Verdict:
    why = [f"A delivery report: {reason}." for reason in bounce.reasons]
    number = None
    for message_id in bounce.original_ids:
        signed = desk.signer.read_message_id(message_id)
        number = signed[1] if signed else desk.ticket_of_message(message_id)
        if number is not None:
            why.append(f"It returns our mail {message_id} of #{number}.")
            break
    if number is None and (match := matching.by_address(mail, desk)):
        number = match.ticket.number
        why.append(f"It was {match.why}.")
    kind = "for good" if bounce.permanent else "for now"
    who = ", ".join(bounce.recipients) or "an address it does not name"
    why.append(f"Undeliverable {kind}: {who}.")
    return Verdict(Result.BOUNCE, (*why, *notes), mail, ticket_number=number, bounce=bounce)


def _author(mail: ParsedMail, machine: Automatic) -> Address | None:
    """The From address; behind a no-reply of a web form the person stands in Reply-To."""
    if mail.sender and machine and mail.reply_to:
        only_no_reply = any(r.startswith("the sender is") for r in machine.reasons)
        if only_no_reply and mail.reply_to[0].email != mail.sender.email:
            return mail.reply_to[0]
    return mail.sender


def _machine(machine: Automatic) -> tuple[str, ...]:
    return tuple(f"Automatic mail, so nothing automatic answers: {r}." for r in machine.reasons)
