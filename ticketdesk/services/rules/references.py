"""What rules and escalations name must be there: agents, teams, canned responses, own fields."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.errors import Invalid
from ticketdesk.models import CannedResponse, Team, User, Webhook
from ticketdesk.models.enums import UserRole
from ticketdesk.services import ticket_settings
from ticketdesk.services.rules.action import Action
from ticketdesk.services.rules.condition import Group, Test
from ticketdesk.services.rules.fields import CUSTOM


def require_references(
    session: Session, organization_id: str, conditions: Group, actions: Iterable[Action]
) -> None:
    """Refuse what names something that is not there.

    Raises:
        Invalid: `fields` names each place.
    """
    if problems := missing(session, organization_id, conditions, actions):
        raise Invalid(" ".join(dict.fromkeys(problems.values())), fields=problems)


def missing(
    session: Session, organization_id: str, conditions: Group, actions: Iterable[Action]
) -> dict[str, str]:
    """Return a sentence for each place that names something that is not there."""
    wanted: list[tuple[str, str, str]] = [
        *_in_actions(actions),
        *(("conditions", kind, name) for kind, name in _in_conditions(conditions)),
    ]
    if not wanted:
        return {}
    known = {
        kind: _KNOWN[kind](session, organization_id, {n for _, k, n in wanted if k == kind})
        for kind in {kind for _, kind, _ in wanted}
    }
    gone = [(place, kind, name) for place, kind, name in wanted if name not in known[kind]]
    names = _called(session, organization_id, {name for _, kind, name in gone if kind == "agent"})
    return {place: _sentence(kind, names.get(name, name)) for place, kind, name in gone}


def _sentence(kind: str, name: str) -> str:
    return f"There is no {_WORDS[kind]} {name!r}."


def _called(session: Session, organization_id: str, ids: set[str]) -> dict[str, str]:
    """Return what former agents are called: an identifier tells an admin nothing."""
    if not ids:
        return {}
    people = select(User.id, User.name).where(
        User.organization_id == organization_id, col(User.id).in_(ids)
    )
    return dict(session.exec(people).all())


def _in_actions(actions: Iterable[Action]) -> Iterator[tuple[str, str, str]]:
    for index, action in enumerate(actions):
        values: dict[str, Any] = action.model_dump()
        for key, kind in (
            ("agent_id", "agent"),
            ("team_id", "team"),
            ("canned_response_id", "canned"),
            ("webhook_id", "webhook"),
        ):
            if values.get(key) is not None:
                yield f"actions.{index}.{_camel(key)}", kind, values[key]
        for agent_id in values.get("agent_ids", ()):
            yield f"actions.{index}.agentIds", "agent", agent_id
        if action.type == "SET_CUSTOM_FIELD":
            yield f"actions.{index}.key", "field", values["key"]


def _in_conditions(part: Group | Test) -> Iterator[tuple[str, str]]:
    if isinstance(part, Group):
        for inner in (*(part.all or ()), *(part.any or ()), *(part.none or ())):
            yield from _in_conditions(inner)
        return
    if part.field.startswith(CUSTOM):
        yield "field", part.field.removeprefix(CUSTOM)
    if part.field == "assignee" and part.value is not None:
        for name in part.value if isinstance(part.value, list) else [part.value]:
            yield "agent", str(name)


def _camel(key: str) -> str:
    head, *rest = key.split("_")
    return head + "".join(word.title() for word in rest)


def _agents(session: Session, organization_id: str, names: set[str]) -> set[str]:
    return set(
        session.exec(
            select(User.id).where(
                User.organization_id == organization_id,
                col(User.id).in_(names),
                col(User.is_active),
                col(User.role) != UserRole.CUSTOMER,
            )
        )
    )


def _teams(session: Session, organization_id: str, names: set[str]) -> set[str]:
    return set(
        session.exec(
            select(Team.id).where(Team.organization_id == organization_id, col(Team.id).in_(names))
        )
    )


def _canned(session: Session, organization_id: str, names: set[str]) -> set[str]:
    return set(
        session.exec(
            select(CannedResponse.id).where(
                CannedResponse.organization_id == organization_id,
                col(CannedResponse.id).in_(names),
                col(CannedResponse.owner_id).is_(None),
            )
        )
    )


def _webhooks(session: Session, organization_id: str, names: set[str]) -> set[str]:
    return set(
        session.exec(
            select(Webhook.id).where(
                Webhook.organization_id == organization_id,
                col(Webhook.id).in_(names),
                col(Webhook.is_active),
            )
        )
    )


def _fields(session: Session, organization_id: str, names: set[str]) -> set[str]:
    settings = ticket_settings.of(session, organization_id)
    return {field.key for field in settings.embed_config.custom_fields} & names


_KNOWN = {
    "agent": _agents,
    "team": _teams,
    "canned": _canned,
    "webhook": _webhooks,
    "field": _fields,
}
_WORDS = {
    "agent": "active agent",
    "team": "team",
    "canned": "shared canned response",
    "webhook": "active webhook",
    "field": "custom field",
}
