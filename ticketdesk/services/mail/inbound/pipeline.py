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
    if mail.sender is None:
        return Verdict(Result.FAILED, ("It names no sender.", *notes), mail)
    why = (*_machine(machine), *notes)
    if match is None:
        author = _requester(mail, mail.sender, machine)
        return _new(mail, author, desk, machine, ("No header leads to a ticket: a new one.", *why))
    return _matched(mail, mail.sender, match, desk, machine, why)


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
    if reason := _suspicion(mail, author, match, desk, is_agent=is_agent):
        why = (*why, f"Held: {reason}.")
        verdict = _verdict(Result.HELD, mail, author, machine, why, number=ticket.number)
        # An agent who accepts a colleague's answer to a note must not publish it.
        return replace(verdict, is_note=match.is_note)
    if ticket.is_closed and not is_agent:
        if subjects.changed(mail.subject, ticket.subject):
            more = f"#{ticket.number} is closed and the subject is another: a new, linked ticket."
            return _new(mail, author, desk, machine, (*why, more), linked_to=ticket.number)
        if not ticket.reopens:
            more = f"#{ticket.number} has been closed too long to reopen: a new, linked ticket."
            return _new(mail, author, desk, machine, (*why, more), linked_to=ticket.number)
    inside = is_agent and match.is_guess and not trust.proven(mail)
    if inside:
        why = (
            *why,
            "Anybody can write an agent's address and a number: it stays inside as a note.",
        )
    verdict = _verdict(
        Result.APPENDED, mail, author, machine, why, number=ticket.number, is_agent=is_agent
    )
    # Whoever is in CC can read our mails, too, and write in the requester's name, or the reverse.
    proof = match.is_signed and author.email == ticket.requester and not trust.unproven(mail)
    return replace(verdict, proves_address=proof, is_note=match.is_note or inside)


def _suspicion(
    mail: ParsedMail, author: Address, match: Match, desk: Desk, *, is_agent: bool
) -> str | None:
    """Why a mail must not enter the ticket it leads to before an agent has looked at it."""
    who, number = author.email, match.ticket.number
    if not matching.takes_part(mail, match.ticket, desk) or (match.is_note and not is_agent):
        return f"{who} is not part of ticket #{number}"
    if is_agent:
        reason = trust.unproven(mail)
        return (
            f"it claims to be from an agent, but the mail server says {reason}" if reason else None
        )
    reason = trust.forged(mail)
    # Forwarding breaks SPF and nothing else, so it counts only where no signature of ours speaks.
    if reason and (not match.is_signed or reason.startswith("dmarc")):
        return f"it claims to be from {who}, but the mail server says {reason}"
    return None


def _new(
    mail: ParsedMail,
    author: Address,
    desk: Desk,
    machine: Automatic,
    why: tuple[str, ...],
    linked_to: int | None = None,
) -> Verdict:
    is_agent = desk.is_agent(author.email) and trust.unproven(mail) is None
    if is_agent and (customer := forwarded_from(mail)):
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


def _requester(mail: ParsedMail, sender: Address, machine: Automatic) -> Address:
    """The From address; behind a no-reply of a web form the person stands in Reply-To.

    Only for a new ticket: in one that is there a Reply-To would lend anybody an agent's name.
    """
    if machine and mail.reply_to:
        only_no_reply = any(r.startswith("the sender is") for r in machine.reasons)
        if only_no_reply and mail.reply_to[0].email != sender.email:
            return mail.reply_to[0]
    return sender


def _machine(machine: Automatic) -> tuple[str, ...]:
    return tuple(f"Automatic mail, so nothing automatic answers: {r}." for r in machine.reasons)
