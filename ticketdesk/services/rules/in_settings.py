"""The specification's `automationRules` and `assignmentRules`: the rules, as settings show them."""

from typing import Any

from sqlmodel import Session, col, select

from ticketdesk.errors import Invalid
from ticketdesk.models import Rule
from ticketdesk.models.ticket_settings import TicketSettings

KEYS = ("automationRules", "assignmentRules")


def with_rules(session: Session, organization_id: str, settings: TicketSettings) -> TicketSettings:
    """Return settings that show the rules: those that assign apart from the others."""
    rows = session.exec(
        select(Rule)
        .where(Rule.organization_id == organization_id)
        .order_by(col(Rule.position), col(Rule.id))
    )
    lists: dict[str, list[dict[str, Any]]] = {"automation_rules": [], "assignment_rules": []}
    for row in rows:
        shown = {"id": row.id, "name": row.name, "isActive": row.is_active, **row.definition}
        kinds = [action["type"] for action in row.definition["actions"]]
        assigns = any(kind.startswith("ASSIGN_") for kind in kinds)
        lists["assignment_rules" if assigns else "automation_rules"].append(shown)
    return settings.model_copy(update=lists)


def without_rules(session: Session, organization_id: str, patch: dict[str, Any]) -> dict[str, Any]:
    """Return a patch without the lists of rules, which may be sent back as they were read.

    Raises:
        Invalid: one of them was changed; rules have an address of their own.
    """
    given = [key for key in KEYS if key in patch]
    if not given:
        return patch
    shown = with_rules(session, organization_id, TicketSettings())
    present = shown.model_dump(mode="json", by_alias=True)
    message = "Rules are changed one by one, at /api/rules."
    if wrong := [key for key in given if patch[key] != present[key]]:
        raise Invalid(message, fields=dict.fromkeys(wrong, message))
    return {key: value for key, value in patch.items() if key not in KEYS}
