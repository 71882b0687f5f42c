"""The organization's own fields beside a ticket: shown, changed one at a time."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid, Malformed
from ticketdesk.models import Ticket
from ticketdesk.models.enums import UserRole
from ticketdesk.models.ticket_settings import EmbedSettings
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import new_ticket_fields
from ticketdesk.services.desk.change import Change
from ticketdesk.services.embed import rules
from ticketdesk.services.embed.fields import CUSTOM, FormField, fields_of
from ticketdesk.services.tickets import access, update
from ticketdesk.services.tickets.commands import UpdateTicket

_SHOWN = 60
"""How many characters of an answer a message about it says."""


def shown(embed: EmbedSettings, ticket: Ticket) -> list[dict[str, Any]]:
    """Return the fields of a ticket as the panel draws them, each with its `value`.

    A field is there while the other answers ask for it, or when it has an answer. What the settings
    no longer know comes last, its `kind` "gone": it can only be read.
    """
    questions = new_ticket_fields.questions(embed)
    by_name, given = _answers(embed, questions, ticket)
    kept = {question.name.removeprefix(CUSTOM) for question in questions}
    lines = [
        new_ticket_fields.drawn(question) | {"value": given[question.name]}
        for question in questions
        if rules.is_asked(question, by_name, given)
        or ticket.custom_fields.get(question.name.removeprefix(CUSTOM)) is not None
    ]
    gone = {key: value for key, value in ticket.custom_fields.items() if key not in kept}
    return lines + [
        {"name": key, "label": key, "kind": "gone", "value": _plain(value)}
        for key, value in sorted(gone.items())
    ]


def change(session: Session, actor: Actor, reference: str, name: str, value: Any) -> Change:
    """Answer one field of a ticket.

    Args:
        name: the field's name as `shown` gives it.
        value: text, list of texts or truth value, whichever its kind asks for; empty for no answer.

    Raises:
        Invalid: the answer is of the wrong kind or missing; `fields` names the field.
        Malformed: there is no such field.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference)
    embed = ticket_settings.of(session, actor.organization_id).embed_config
    question = next((one for one in new_ticket_fields.questions(embed) if _name(one) == name), None)
    if question is None:
        raise Malformed("There is no such field.")
    answer = new_ticket_fields.answer(question, {name: value})
    if words := new_ticket_fields.problem(question, answer):
        raise Invalid(words, fields={name: words})
    key = question.name.removeprefix(CUSTOM)
    before = ticket.custom_fields.get(key)
    after = None if answer in ("", [], False) else answer
    return Change(before, _set(session, actor, ticket, key, question.label, after))


def restore(session: Session, actor: Actor, reference: str, name: str, before: Any) -> str:
    """Give a field the answer it had, whatever the settings ask by now.

    Args:
        before: what `change` returned; None for no answer.

    Returns:
        A sentence about what is there now.
    """
    actor.require(UserRole.AGENT)
    ticket = access.find(session, actor, reference)
    embed = ticket_settings.of(session, actor.organization_id).embed_config
    labels = {_name(one): one.label for one in new_ticket_fields.questions(embed)}
    key = name.removeprefix(new_ticket_fields.FIELD)
    return _set(session, actor, ticket, key, labels.get(name, key), before)


def _set(session: Session, actor: Actor, ticket: Ticket, key: str, label: str, after: Any) -> str:
    command = UpdateTicket.parse({"customFields": {key: after}})
    update.update(session, actor, ticket.id, command)
    number = ticket.ticket_number
    if after is None:
        return f"{number} has no answer for {label}"
    said = _plain(after)
    return f"{label} of {number} is {said[:_SHOWN]}{'…' if len(said) > _SHOWN else ''}"


def _answers(
    embed: EmbedSettings, questions: list[FormField], ticket: Ticket
) -> tuple[dict[str, FormField], dict[str, Any]]:
    standing = [field for field in fields_of(embed) if not field.name.startswith(CUSTOM)]
    facts: Mapping[str, Any] = {
        "category": ticket.category or "",
        "requesterEmail": ticket.requester_email,
        "requesterName": ticket.requester_name,
        "subject": ticket.subject,
    }
    given = {field.name: facts.get(field.name, "") for field in standing}
    for question in questions:
        kept = ticket.custom_fields.get(question.name.removeprefix(CUSTOM))
        given[question.name] = _of_kind(question, kept)
    return {field.name: field for field in (*standing, *questions)}, given


def _of_kind(question: FormField, kept: Any) -> Any:
    """A kept answer as its field draws it; the API may have kept another kind."""
    if question.type == "checkbox":
        return bool(kept)
    if question.type == "multiselect":
        return [str(one) for one in (kept if isinstance(kept, list) else [kept]) if one is not None]
    return "" if kept is None else _plain(kept)


def _name(question: FormField) -> str:
    return new_ticket_fields.in_form(question.name)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
