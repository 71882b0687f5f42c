"""The words rules are made of: fields with their operators, and what actions can name."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.services import members, status_words, teams, ticket_settings
from ticketdesk.services.desk.words import PRIORITY, SOURCE
from ticketdesk.services.library import canned_responses
from ticketdesk.services.rules.fields import CUSTOM, FIELDS, kind_of, operators
from ticketdesk.services.webhooks import registry

_LABELS = {
    "subject": "Subject",
    "description": "Description",
    "latestMessage": "Latest message",
    "status": "Status",
    "priority": "Priority",
    "source": "Source",
    "category": "Category",
    "requester": "Requester's address",
    "requesterName": "Requester's name",
    "requesterDomain": "Requester's domain",
    "assignee": "Assignee",
    "language": "Language",
    "tags": "Tags",
    "createdAt": "Created",
    "updatedAt": "Updated",
    "now": "The time now",
    "hoursSinceCreated": "Hours since it was created",
    "hoursSinceUpdated": "Hours since it was updated",
    "hoursSinceStatusChange": "Hours since its status changed",
    "hoursSinceLastMessage": "Hours since the last message",
    "hoursSinceCustomerMessage": "Hours since the customer's last message",
    "hoursSinceAgentMessage": "Hours since an agent's last message",
}
Option = dict[str, str]


def vocabulary(session: Session, actor: Actor) -> dict[str, Any]:
    """Return what the editor of rules offers, to admins.

    Returns:
        `fields` with value, label, kind, operators and options; `people`, `teams`, `texts`,
        `webhooks`, `categories` and `customFields` as choices.
    """
    actor.require(UserRole.ADMIN, writes=False)
    settings = ticket_settings.of(session, actor.organization_id)
    embed = settings.embed_config
    people = [_option(one.id, one.name) for one in members.agents(session, actor)]
    known: dict[str, list[Option]] = {
        "status": _options(status_words.for_agents(settings)),
        "priority": _options(PRIORITY),
        "source": _options(SOURCE),
        "category": [_option(name, name) for name in embed.categories],
        "assignee": people,
    }
    fields = [_field(name, _LABELS.get(name, name), known.get(name, [])) for name in FIELDS]
    for own in embed.custom_fields:
        choices = [_option(choice, choice) for choice in own.options]
        if own.kind == "checkbox":
            choices = [_option("true", "ticked"), _option("false", "not ticked")]
        fields.append(_field(f"{CUSTOM}{own.key}", own.label, choices) | {"asked": own.kind})
    texts = [one for one in canned_responses.list_all(session, actor) if one.shared]
    return {
        "fields": fields,
        "people": people,
        "teams": [_option(one.id, one.name) for one in teams.list_all(session, actor)],
        "texts": [_option(one.id, one.title) for one in texts],
        "webhooks": [_option(one.id, one.url) for one in registry.list_all(session, actor)],
        "categories": known["category"],
        "customFields": [_option(one.key, one.label) for one in embed.custom_fields],
        "statuses": known["status"],
        "priorities": known["priority"],
    }


def _field(name: str, label: str, options: list[Option]) -> dict[str, Any]:
    return {
        "value": name,
        "label": label,
        "kind": kind_of(name),
        "operators": operators(name),
        "options": options,
    }


def _option(value: str, label: str) -> Option:
    return {"value": value, "label": label}


def _options(words: Any) -> list[Option]:
    return [_option(str(value), label) for value, label in words.items()]
