"""The words a rule can be written in: what the editor offers."""

from typing import get_args

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services import ticket_settings
from ticketdesk.services.rules.action import Action
from ticketdesk.services.rules.definition import Trigger
from ticketdesk.services.rules.fields import CHOICES, CUSTOM, FIELDS, operators


class FieldView(View):
    """A field that conditions can ask for.

    `kind` is text, word, choice, set, moment, number or custom; `choices` are its only values,
    where it has a closed list of them.
    """

    name: str
    label: str
    kind: str
    operators: list[str]
    choices: list[str]


class VocabularyView(View):
    """Triggers, fields and kinds of actions."""

    triggers: list[str]
    fields: list[FieldView]
    actions: list[str]


def vocabulary(session: Session, actor: Actor) -> VocabularyView:
    """Return what an organization's rules can speak of, its own fields included."""
    actor.require(UserRole.AGENT, writes=False)
    settings = ticket_settings.of(session, actor.organization_id)
    return VocabularyView(
        triggers=list(get_args(Trigger)),
        fields=[
            *(_field(name, name, kind, CHOICES.get(name, [])) for name, kind in FIELDS.items()),
            *(
                _field(CUSTOM + own.key, own.label, "custom", own.options)
                for own in settings.embed_config.custom_fields
            ),
        ],
        actions=_action_types(),
    )


def _field(name: str, label: str, kind: str, choices: list[str]) -> FieldView:
    return FieldView(
        name=name, label=label, kind=kind, operators=operators(name), choices=list(choices)
    )


def _action_types() -> list[str]:
    # Action is an annotated union of classes whose `type` is the literal that tells them apart.
    classes = get_args(get_args(Action)[0])
    return [get_args(kind.model_fields["type"].annotation)[0] for kind in classes]
