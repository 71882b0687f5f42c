"""Which policy a ticket is under: the first that matches, in the admin's order."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from ticketdesk import clock
from ticketdesk.models import SlaPolicy, Ticket
from ticketdesk.models.ticket_settings import SlaSettings
from ticketdesk.services import ticket_settings
from ticketdesk.services.rules.condition import Group
from ticketdesk.services.rules.facts import Facts
from ticketdesk.services.rules.judge import Predicate, ready
from ticketdesk.services.rules.messages import reader
from ticketdesk.services.sla.calendar import Calendar, calendar_of
from ticketdesk.services.sla.definition import Definition, PerPriority

_CACHE = "sla_policies"


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy ready for use; `id` is None for the settings' own, the last fallback."""

    id: str | None
    name: str
    definition: Definition
    calendar: Calendar
    applies: Predicate


def policy_for(session: Session, ticket: Ticket) -> Policy:
    """Return the policy whose conditions hold for a ticket as it is now."""
    known = _policies(session, ticket.organization_id)
    if len(known) == 1:
        return known[0]
    facts = Facts(
        ticket, clock.now(), reader(session, ticket), load_calendar=lambda: known[-1].calendar
    )
    return next(policy for policy in known if policy.applies(facts))


def by_conditions(session: Session, organization_id: str) -> bool:
    """Whether a change of any fact of a ticket can bring it under another policy."""
    return any(
        not policy.definition.conditions.is_empty for policy in _policies(session, organization_id)
    )


def standard_calendar(session: Session, organization_id: str) -> Calendar:
    """Return the organization's own business hours."""
    return _policies(session, organization_id)[-1].calendar


def forget(session: Session) -> None:
    """Read policies and hours anew, after a change within this transaction."""
    session.info.pop(_CACHE, None)


def _policies(session: Session, organization_id: str) -> list[Policy]:
    """Read the active policies once a transaction; the settings' own is always the last."""
    cache: dict[str, list[Policy]] = session.info.setdefault(_CACHE, {})
    if organization_id not in cache:
        cache[organization_id] = _read(session, organization_id)
    return cache[organization_id]


def _read(session: Session, organization_id: str) -> list[Policy]:
    config = ticket_settings.of(session, organization_id).sla_config
    standard = _of_settings(config)
    rows = session.exec(
        select(SlaPolicy)
        .where(SlaPolicy.organization_id == organization_id, col(SlaPolicy.is_active))
        .order_by(col(SlaPolicy.position), col(SlaPolicy.id))
    )
    return [*(_of_row(row, standard.calendar) for row in rows), standard]


def _of_row(row: SlaPolicy, standard: Calendar) -> Policy:
    definition = Definition.model_validate(row.definition)
    if definition.hours == "ORGANIZATION":
        calendar = standard
    else:
        own = definition.business_hours if definition.hours == "OWN" else None
        calendar = calendar_of(own)
    return Policy(row.id, row.name, definition, calendar, ready(definition.conditions))


def _of_settings(config: SlaSettings) -> Policy:
    definition = Definition(
        conditions=Group(),
        first_response=config.first_response_time,
        resolution=PerPriority(**config.resolution_time.model_dump()),
        hours="ROUND_THE_CLOCK" if config.business_hours is None else "OWN",
        business_hours=config.business_hours,
        pause_on=config.pause_on,
        warn_minutes=config.warn_minutes,
    )
    calendar = calendar_of(config.business_hours)
    return Policy(None, "Standard", definition, calendar, ready(definition.conditions))
