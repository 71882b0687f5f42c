"""What the history says of changed facts, in the words that are on the screen."""

from typing import Any

from sqlmodel import Session

from ticketdesk.models import Ticket
from ticketdesk.services import ticket_settings

_WORDS = {
    "cc": "the addresses in copy",
    "description": "the description",
    "requesterEmail": "the requester's address",
    "requesterName": "the requester's name",
    "subject": "the subject",
}
_OWN = "customFields"
_MOST = 3


def changed_words(session: Session, ticket: Ticket, changes: dict[str, tuple[Any, Any]]) -> str:
    """Return a sentence such as "changed the subject, Order number".

    Args:
        changes: what was before and what is now, by the names of the API; the organization's own
            fields are under `customFields`, by key.
    """
    said = [_WORDS[name] for name in sorted(changes) if name in _WORDS]
    if _OWN in changes:
        before, after = changes[_OWN]
        config = ticket_settings.of(session, ticket.organization_id).embed_config
        labels = {field.key: field.label for field in config.custom_fields}
        keys = sorted(key for key in before | after if before.get(key) != after.get(key))
        said += [labels.get(key, key) for key in keys[:_MOST]]
        said += ["more fields"] if len(keys) > _MOST else []
    return "changed " + ", ".join(said)
