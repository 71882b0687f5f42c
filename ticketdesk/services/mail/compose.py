"""Tickets and responses → finished mails (semantics.md, Email out)."""

from dataclasses import replace
from typing import Any

from ticketdesk.adapters.email.mail import MailAddress, MailAttachment, OutgoingMail
from ticketdesk.services.mail.contexts import response_context, ticket_context
from ticketdesk.services.mail.languages import choose, phrases
from ticketdesk.services.mail.lines import one_line
from ticketdesk.services.mail.render import Rendered, render
from ticketdesk.services.mail.signing import Signer
from ticketdesk.services.mail.views import MailDesk, MailIdentity, MailResponse, MailTicket

# RFC 3834, 5: what a machine sends on its own or in answer. The second is Exchange's.
_AUTOMATIC = (("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All"))
_ANSWERED = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"))
_MAX_REFERENCES = 20


class Letter:
    """Composes the mails of one ticket of one organization."""

    def __init__(self, desk: MailDesk, ticket: MailTicket, signer: Signer) -> None:
        self._desk = desk
        self._ticket = ticket
        self._signer = signer
        self._language = choose(ticket.language, desk.language)

    def with_own_templates_off(self) -> "Letter":
        """The same letter in our own words, for when the organization's template breaks."""
        return Letter(replace(self._desk, templates={}), self._ticket, self._signer)

    def created(self, mail: MailIdentity, answer: str = "") -> OutgoingMail:
        """The confirmation to the requester, with the organization's automatic first `answer`.

        Nobody has verified the address? Then nothing the submitter wrote is in it: number and
        tracking link only, since anybody can enter anybody's address (we are no relay for spam).
        """
        ticket, key = self._ticket, "created.subject"
        if not ticket.requester_verified:
            key = "created.subject_plain"
            ticket = replace(
                ticket, subject="", requester_name="", description_html="", description_text=""
            )
        to = MailAddress(ticket.requester_email, one_line(ticket.requester_name, 80))
        words = {"answer": answer}
        return self._mail(mail, "created", key, ticket, to=to, words=words, headers=_ANSWERED)

    def response(
        self,
        mail: MailIdentity,
        response: MailResponse,
        attachments: tuple[MailAttachment, ...] = (),
    ) -> OutgoingMail:
        """A public response, to the requester and whoever is in CC; written by a person."""
        composed = self._mail(
            mail,
            "response",
            "response.subject",
            self._ticket,
            to=self._requester(),
            response=response,
            words={"author": response.author_name},
        )
        name = one_line(f"{response.author_name} ({self._desk.from_name})", 80)
        return replace(
            composed,
            sender=MailAddress(self._desk.from_email, name),
            cc=tuple(MailAddress(a) for a in response.cc),
            bcc=tuple(MailAddress(a) for a in response.bcc),
            attachments=attachments,
        )

    def status_changed(self, mail: MailIdentity) -> OutgoingMail:
        """Tell the requester the ticket's new status."""
        return self._mail(
            mail, "status", "status.subject", self._ticket, self._requester(), headers=_AUTOMATIC
        )

    def assigned(self, mail: MailIdentity, agent: MailAddress, actor: str) -> OutgoingMail:
        """Tell an agent that the ticket is theirs."""
        return self._to_agent("assigned", mail, agent, {"actor": actor})

    def mentioned(
        self, mail: MailIdentity, agent: MailAddress, actor: str, note: MailResponse
    ) -> OutgoingMail:
        """Tell an agent that a note names them, with the note; an answer becomes a note, too."""
        composed = self._to_agent("mentioned", mail, agent, {"actor": actor}, note)
        number, domain = self._ticket.number, self._desk.domain
        identity = self._signer.message_id(mail.reference, number, domain, is_note=True)
        composed = replace(composed, message_id=identity)
        if not self._desk.plus_addressing:
            return composed
        inside = self._signer.note_address(self._desk.reply_to_email, number)
        return replace(composed, reply_to=MailAddress(inside, composed.sender.name))

    def replied(
        self, mail: MailIdentity, agent: MailAddress, actor: str, reply: MailResponse
    ) -> OutgoingMail:
        """Tell an agent who asked for it that somebody wrote in a ticket of theirs."""
        return self._to_agent("replied", mail, agent, {"actor": actor}, reply)

    def overdue(self, mail: MailIdentity, agent: MailAddress, due: str) -> OutgoingMail:
        """Tell an agent that a target was missed; `due` is written in the agent's own time."""
        return self._to_agent("overdue", mail, agent, {"due": due})

    def sla_warning(self, mail: MailIdentity, agent: MailAddress, due: str) -> OutgoingMail:
        """Tell an agent that a target is near; `due` is written in the agent's own time."""
        return self._to_agent("sla", mail, agent, {"due": due})

    def sla_missed(self, mail: MailIdentity, agent: MailAddress, due: str) -> OutgoingMail:
        """Tell an agent that a target was missed; `due` is written in the agent's own time."""
        return self._to_agent("sla_missed", mail, agent, {"due": due})

    def notice(self, mail: MailIdentity, to: MailAddress, rule: str, message: str) -> OutgoingMail:
        """Tell somebody that a rule asks them to look at the ticket, in the admin's words."""
        words = {"rule": one_line(rule), "message": message}
        return self._to_agent("notice", mail, to, words)

    def auto_reply(self, mail: MailIdentity, answer: MailResponse) -> OutgoingMail:
        """An automatic answer: a rule's canned response, or out of hours."""
        return self._mail(
            mail,
            "auto_reply",
            "auto_reply.subject",
            self._ticket,
            self._requester(),
            response=answer,
            headers=_ANSWERED,
        )

    def survey(self, mail: MailIdentity, links: dict[str, str]) -> OutgoingMail:
        """Ask how satisfied the requester is; `links` has `good`, `bad` and `stop` (RFC 8058)."""
        stop = (
            ("List-Unsubscribe", f"<{links['stop']}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        )
        return self._mail(
            mail,
            "survey",
            "survey.subject",
            self._ticket,
            self._requester(),
            links=links,
            headers=(*_AUTOMATIC, *stop),
        )

    def lost_link(self, mail: MailIdentity) -> OutgoingMail:
        """The tracking link once more, to the requester who asked for it; no word of the ticket."""
        ticket = replace(
            self._ticket, subject="", requester_name="", description_html="", description_text=""
        )
        return self._mail(
            mail,
            "lost_link",
            "lost_link.subject",
            ticket,
            MailAddress(ticket.requester_email),
            entries=({"url": ticket.tracking_url, "label": f"#{ticket.number}"},),
            headers=_ANSWERED,
        )

    def _requester(self) -> MailAddress:
        return MailAddress(self._ticket.requester_email, one_line(self._ticket.requester_name, 80))

    def _to_agent(
        self,
        kind: str,
        mail: MailIdentity,
        agent: MailAddress,
        words: dict[str, str],
        response: MailResponse | None = None,
    ) -> OutgoingMail:
        return self._mail(
            mail,
            kind,
            f"{kind}.subject",
            self._ticket,
            agent,
            response=response,
            words=words,
            headers=_AUTOMATIC,
            language=choose(self._desk.language),
        )

    def _mail(
        self,
        mail: MailIdentity,
        kind: str,
        subject_key: str,
        ticket: MailTicket,
        to: MailAddress,
        *,
        response: MailResponse | None = None,
        words: dict[str, str] | None = None,
        links: dict[str, str] | None = None,
        entries: tuple[dict[str, str], ...] = (),
        headers: tuple[tuple[str, str], ...] = (),
        language: str | None = None,
    ) -> OutgoingMail:
        language, desk, number = language or self._language, self._desk, ticket.number
        told = response_context(response) if response else None
        about = {"response": told, "links": links or {}, "entries": entries}
        rendered = self._rendered(kind, subject_key, ticket, to, language, about, words or {})
        reply = desk.reply_to_email
        if desk.plus_addressing:
            reply = self._signer.plus_address(reply, number)
        return OutgoingMail(
            message_id=self._signer.message_id(mail.reference, number, desk.domain),
            sender=MailAddress(desk.from_email, one_line(desk.from_name, 80)),
            reply_to=MailAddress(reply, one_line(desk.from_name, 80)),
            to=(to,),
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
            date=mail.at,
            in_reply_to=mail.previous[-1] if mail.previous else None,
            references=_shortened(mail.previous),
            headers=headers,
            envelope_from=self._bounces_to(number),
        )

    def _rendered(
        self,
        kind: str,
        subject_key: str,
        ticket: MailTicket,
        to: MailAddress,
        language: str,
        about: dict[str, Any],
        words: dict[str, str],
    ) -> Rendered:
        """A mail's words; `about` is what it tells besides its ticket, `words` fill phrases."""
        desk, known = self._desk, phrases(language)
        context: dict[str, Any] = {
            "ticket": ticket_context(ticket),
            "greeting": known["hello" if to.name else "hello_plain"].format(name=to.name),
            "color": desk.color,
            "logo_url": desk.logo_url,
            "signature": desk.signature,
        }
        return render(
            kind,
            context | about,
            language=language,
            words=self._words(ticket, to, known) | words,
            subject_key=subject_key,
            own=desk.templates.get(f"{kind}.{language}") or desk.templates.get(kind),
        )

    def _words(self, ticket: MailTicket, to: MailAddress, known: dict[str, str]) -> dict[str, str]:
        """What may stand in any phrase; what a mail does not tell is empty."""
        status = known.get(f"status.{ticket.status}", ticket.status)
        empty = dict.fromkeys(("author", "actor", "due", "rule", "message", "answer"), "")
        return empty | {
            "number": str(ticket.number),
            "subject": one_line(ticket.subject),
            "organization": self._desk.name,
            "status": self._desk.statuses.get(ticket.status) or status,
            "priority": known.get(f"priority.{ticket.priority}", ticket.priority),
            "name": to.name,
        }

    def _bounces_to(self, number: int) -> str:
        desk = self._desk
        if not desk.plus_addressing or desk.domain != desk.reply_to_email.rpartition("@")[2]:
            # Another domain in the envelope would fail SPF alignment for the From domain.
            return desk.from_email
        return self._signer.bounce_address(desk.reply_to_email, number)


def _shortened(previous: tuple[str, ...]) -> tuple[str, ...]:
    """The thread's first Message-ID and its latest ones (RFC 5322, 3.6.4 allows shortening)."""
    if len(previous) <= _MAX_REFERENCES:
        return previous
    return (previous[0], *previous[-_MAX_REFERENCES + 1 :])
