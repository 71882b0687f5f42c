"""An organization's templates: what they may use, how they look, and why one is refused."""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid, NotFound
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services.mail.contexts import response_context, ticket_context
from ticketdesk.services.mail.desk import mail_desk
from ticketdesk.services.mail.languages import AVAILABLE, choose, phrases
from ticketdesk.services.mail.render import KINDS, Rendered, render
from ticketdesk.services.mail.sandbox import TemplateRefused
from ticketdesk.services.mail.views import MailResponse, MailTicket

PARTS = ("subject", "text", "html")
EDITABLE = tuple(kind for kind in KINDS if kind not in ("digest", "test"))

_TICKET = MailTicket(
    id="ticket_0",
    number=1001,
    subject="Cannot log in",
    status="OPEN",
    priority="HIGH",
    requester_name="Jane Doe",
    requester_email="jane@customer.example",
    tracking_url="https://desk.example/track/1001-example",
    view_url="https://desk.example/app/tickets/1001",
    description_html="<p>The page stays <b>white</b>.</p>",
    description_text="The page stays white.",
    assignee_name="Grace Hopper",
)
_RESPONSE = MailResponse(
    id="resp_0",
    html="<p>Please try again, it <em>should</em> work now.</p>",
    text="Please try again, it should work now.",
    author_name="Grace Hopper",
    author_signature="Grace, Acme Support",
)


class Preview(View):
    """A template with an example in it."""

    subject: str
    text: str
    html: str


class Source(View):
    """Where an editor starts: our own template of a kind, and what may stand in one."""

    subject: str
    text: str
    html: str
    variables: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Example:
    context: dict[str, Any]
    words: dict[str, str]


def source(session: Session, actor: Actor, kind: str) -> Source:
    """Our template of a kind with the variables listed. Raises `NotFound`."""
    actor.require(UserRole.ADMIN, writes=False)
    _require_kind(kind)
    folder = files("ticketdesk.services.mail") / "templates"
    return Source(
        subject=f'{{{{ t("{_subject_key(kind)}") }}}}',
        text=(folder / f"{kind}.txt").read_text("utf-8"),
        html=(folder / f"{kind}.html").read_text("utf-8"),
        variables=variables(),
    )


def variables() -> dict[str, str]:
    """Every variable that templates may use, with what it holds."""
    return {
        "ticket.number": "the number, such as 1001",
        "ticket.subject": "the subject",
        "ticket.status": "the status, such as OPEN",
        "ticket.priority": "the priority, such as HIGH",
        "ticket.requester_name": "the requester's name",
        "ticket.requester_email": "the requester's address",
        "ticket.assignee_name": "the assigned agent's name, or nothing",
        "ticket.tracking_url": "the address of the requester's status page",
        "ticket.view_url": "the address of the ticket for agents",
        "ticket.description_html": "the description, safe HTML",
        "ticket.description_text": "the description as text",
        "response.html": "the response, safe HTML",
        "response.text": "the response as text",
        "response.author_name": "who wrote the response",
        "response.author_signature": "the agent's signature",
        "organization": "the organization's name",
        "name": "the reader's name",
        "greeting": "a greeting in the reader's language",
        "status": "the status in the reader's language",
        "priority": "the priority in the reader's language",
        "actor": "who assigned or mentioned",
        "author": "who wrote the response",
        "due": "when a target is due",
        "rule": "the rule that asks to look at a ticket",
        "message": "what the rule's author wrote",
        "links.good": "the survey's answer: satisfied",
        "links.bad": "the survey's answer: not satisfied",
        "links.stop": "no more surveys",
        "answer": "the automatic first answer, or the one out of hours",
        "quoted (ticket.description_text | quoted)": "a text as a quotation",
        't (t("created.lead"))': "one of our own sentences in the reader's language",
    }


def preview(
    session: Session, actor: Actor, kind: str, own: dict[str, str], language: str | None = None
) -> Preview:
    """Show a template, saved or not, with an example in it.

    Args:
        own: `subject`, `text`, `html`; what is missing is ours.
    Raises `NotFound`, and `Invalid` with the line and the reason in `fields`.
    """
    actor.require(UserRole.ADMIN, writes=False)
    _require_kind(kind)
    desk = mail_desk(session, actor.organization_id)
    look = {"color": desk.color, "logo_url": desk.logo_url, "signature": desk.signature}
    found = _render(kind, own, choose(language, desk.language), look, desk.name)
    return Preview(subject=found.subject, text=found.text, html=found.html)


def refuse_broken(templates: dict[str, Any]) -> None:
    """Render every own template with an example before it is kept.

    Raises:
        Invalid: `fields` names template, line and reason.
    """
    problems: dict[str, str] = {}
    for kind, own in templates.items():
        where = f"emailConfig.templates.{kind}"
        base, _, language = kind.partition(".")
        if base not in EDITABLE or (language and language not in AVAILABLE):
            problems[where] = (
                f"There is no such template; one of {', '.join(EDITABLE)}, with a language behind"
                f" a dot or without ({', '.join(AVAILABLE)})."
            )
        elif not isinstance(own, dict):
            problems[where] = "A template has a subject, a text and an html."
        else:
            problems |= _problems(base, own, where)
    if problems:
        first = next(iter(problems.values()))
        raise Invalid(f"A template cannot be used: {first}", fields=problems)


def _problems(kind: str, own: dict[str, Any], where: str) -> dict[str, str]:
    problems = {}
    for part, text in own.items():
        if part not in PARTS:
            problems[f"{where}.{part}"] = "A template has a subject, a text and an html."
        elif not isinstance(text, str):
            problems[f"{where}.{part}"] = "Write a text here."
        elif text:
            look = {"color": "#4f46e5", "logo_url": "", "signature": ""}
            try:
                _render(kind, {part: text}, "en", look, "Acme Support")
            except Invalid as refusal:
                problems[f"{where}.{part}"] = refusal.message
    return problems


def _render(
    kind: str, own: dict[str, str], language: str, look: dict[str, str], organization: str
) -> Rendered:
    example = _example(language, organization)
    try:
        return render(
            kind,
            {**example.context, **look},
            language=language,
            words=example.words,
            subject_key=_subject_key(kind),
            own=own,
        )
    except TemplateRefused as refusal:
        raise Invalid(str(refusal), fields={"template": str(refusal)}) from refusal


def _example(language: str, organization: str) -> _Example:
    known, at = phrases(language), datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
    words = {
        "number": "1001",
        "subject": _TICKET.subject,
        "organization": organization,
        "status": known["status.OPEN"],
        "priority": known["priority.HIGH"],
        "name": _TICKET.requester_name,
        "author": _RESPONSE.author_name,
        "actor": "Ada Lovelace",
        "due": f"{at:%Y-%m-%d %H:%M}",
        "rule": "Refunds are urgent",
        "message": "Please call back today.",
        "answer": "Thank you. We answer within a working day.",
    }
    context = {
        "ticket": ticket_context(_TICKET),
        "response": response_context(_RESPONSE),
        "links": {
            "good": "https://desk.example/good",
            "bad": "https://desk.example/bad",
            "stop": "https://desk.example/stop",
        },
        "entries": [{"label": "#1001 Cannot log in", "url": _TICKET.tracking_url}],
        "greeting": known["hello"].format(name=_TICKET.requester_name),
    }
    return _Example(context, words)


def _subject_key(kind: str) -> str:
    return f"{kind}.subject"


def _require_kind(kind: str) -> None:
    if kind not in EDITABLE:
        raise NotFound(f"There is no such template; one of {', '.join(EDITABLE)}.")
