"""The variables of canned responses: a closed list, replaced as text, never run."""

import html
import re
from dataclasses import dataclass

from ticketdesk.errors import Invalid
from ticketdesk.models import Ticket

_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")

KNOWN: dict[str, str] = {
    "ticket.number": "the ticket's number",
    "ticket.subject": "the ticket's subject",
    "ticket.status": "where the ticket stands",
    "requester.name": "the requester's name",
    "requester.first_name": "the requester's first name",
    "requester.email": "the requester's mail address",
    "agent.name": "the name of the agent who inserts it",
    "agent.first_name": "that agent's first name",
    "organization.name": "the organization's name",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its variables replaced, and the names of those that had no value."""

    content: str
    empty: list[str]


def require_known(content: str, field: str = "content") -> None:
    """Refuse a text with a variable that does not exist.

    Raises:
        Invalid: names the variable and those that exist.
    """
    unknown = [name for name in _VARIABLE.findall(content) if name not in KNOWN]
    if unknown:
        message = f"There is no variable {{{{{unknown[0]}}}}}. Variables: {', '.join(KNOWN)}."
        raise Invalid(message, fields={field: message})


def values_for(ticket: Ticket, *, agent: str, organization: str) -> dict[str, str]:
    """Return the value of every variable for one ticket and agent."""
    return {
        "ticket.number": str(ticket.ticket_number),
        "ticket.subject": ticket.subject,
        "ticket.status": str(ticket.status).replace("_", " ").lower(),
        "requester.name": ticket.requester_name,
        "requester.first_name": first_name(ticket.requester_name),
        "requester.email": ticket.requester_email,
        "agent.name": agent,
        "agent.first_name": first_name(agent),
        "organization.name": organization,
    }


def fill(content: str, values: dict[str, str]) -> Filled:
    """Replace every variable by its value; one without a value stays readable and is reported."""
    empty: list[str] = []

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        text = values.get(name, "")
        if not text:
            empty.append(name)
            return found.group(0)
        return text

    return Filled(_VARIABLE.sub(value, content), empty)


def escaped(values: dict[str, str]) -> dict[str, str]:
    """Return the values as they stand in HTML."""
    return {name: html.escape(text, quote=False) for name, text in values.items()}


def standing(content: str) -> list[str]:
    """Return the variables that still stand in a text, as they are written there."""
    return [found.group(0) for found in _VARIABLE.finditer(content)]


def first_name(name: str) -> str:
    """Return what one calls a person: the first word, or the one behind the comma."""
    family, comma, given = name.partition(",")
    words = (given if comma else family).split()
    return words[0] if words else ""
