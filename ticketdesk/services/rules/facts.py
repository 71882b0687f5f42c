"""What conditions are tested against: a ticket as it is, what just changed, and the moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from ticketdesk.models import Ticket
from ticketdesk.services.rules.fields import CUSTOM
from ticketdesk.services.rules.words import Words
from ticketdesk.services.sla.calendar import ROUND_THE_CLOCK, Calendar


@dataclass(frozen=True, slots=True)
class Messages:
    """What conditions ask about a ticket's messages; the description counts as the first."""

    latest_text: str
    customer_at: datetime | None
    agent_at: datetime | None
    status_changed_at: datetime | None


@dataclass
class Facts:
    """One ticket at one moment.

    `changes` maps camelCase names to (before, after) of the change that is being judged.
    `load_messages` and `load_calendar` are asked only when a condition needs them.
    """

    ticket: Ticket
    now: datetime
    load_messages: Callable[[], Messages]
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    load_calendar: Callable[[], Calendar] = lambda: ROUND_THE_CLOCK
    _words: dict[str, Words] = field(default_factory=dict)
    _comparable: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def calendar(self) -> Calendar:
        """The business hours that conditions ask about."""
        return self.load_calendar()

    @cached_property
    def messages(self) -> Messages:
        """The ticket's messages, read at most once."""
        return self.load_messages()

    def value(self, name: str) -> Any:
        """Return a field's value; None where the ticket has none."""
        if name.startswith(CUSTOM):
            return self.ticket.custom_fields.get(name.removeprefix(CUSTOM))
        return _READERS[name](self)

    def comparable(self, name: str, form: Callable[[Any], Any]) -> Any:
        """Return a field's value in the form in which values are compared, made once."""
        if name not in self._comparable:
            value = self.value(name)
            made = [form(one) for one in value] if isinstance(value, list) else form(value)
            self._comparable[name] = made
        return self._comparable[name]

    def words(self, name: str) -> Words:
        """Return a text field cut into words, once for all conditions."""
        if name not in self._words:
            value = self.value(name)
            text = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
            self._words[name] = Words.of(text)
        return self._words[name]

    def change_of(self, name: str) -> tuple[Any, Any] | None:
        """Return a field's values before and after, if it is part of the change."""
        if name.startswith(CUSTOM):
            return self._custom_change(name.removeprefix(CUSTOM))
        return self.changes.get(_IN_CHANGES.get(name, name))

    def _custom_change(self, key: str) -> tuple[Any, Any] | None:
        change = self.changes.get("customFields")
        if change is None:
            return None
        before, after = ((values or {}).get(key) for values in change)
        return None if before == after else (before, after)

    def hours_since(self, moment: datetime | None) -> float | None:
        """Return the hours on the wall clock since a moment."""
        return None if moment is None else (self.now - moment).total_seconds() / 3600


_IN_CHANGES = {"assignee": "assignedToId", "requester": "requesterEmail"}

_READERS: dict[str, Callable[[Facts], Any]] = {
    "subject": lambda f: f.ticket.subject,
    "description": lambda f: f.ticket.description_text,
    "latestMessage": lambda f: f.messages.latest_text,
    "status": lambda f: str(f.ticket.status),
    "priority": lambda f: str(f.ticket.priority),
    "source": lambda f: str(f.ticket.source),
    "category": lambda f: f.ticket.category,
    "requester": lambda f: f.ticket.requester_email,
    "requesterName": lambda f: f.ticket.requester_name,
    "requesterDomain": lambda f: f.ticket.requester_email.rpartition("@")[2],
    "assignee": lambda f: f.ticket.assigned_to_id,
    "language": lambda f: f.ticket.language,
    "tags": lambda f: list(f.ticket.tags),
    "createdAt": lambda f: f.ticket.created_at,
    "updatedAt": lambda f: f.ticket.updated_at,
    "now": lambda f: f.now,
    "hoursSinceCreated": lambda f: f.hours_since(f.ticket.created_at),
    "hoursSinceUpdated": lambda f: f.hours_since(f.ticket.updated_at),
    "hoursSinceStatusChange": lambda f: f.hours_since(
        f.messages.status_changed_at or f.ticket.created_at
    ),
    "hoursSinceLastMessage": lambda f: f.hours_since(f.ticket.last_message_at),
    "hoursSinceCustomerMessage": lambda f: f.hours_since(f.messages.customer_at),
    "hoursSinceAgentMessage": lambda f: f.hours_since(f.messages.agent_at),
}
