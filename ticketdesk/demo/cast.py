"""The organizations and people of the demo (contract.md, Demo)."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from ticketdesk.demo.desk import Desk
from ticketdesk.demo.identifiers import Identifiers
from ticketdesk.demo.script import Story
from ticketdesk.demo.timetable import Timetable
from ticketdesk.models import Organization, User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.ticket_settings import TicketSettings

PASSWORD = "ticketdesk-demo"

_WORKING_HOURS = [("08:00", "12:00"), ("12:30", "18:00")]

ACME = {
    "embed_config": {
        "categories": ["Technical", "Billing", "General", "Shipping", "Account", "Ideas"],
        "title": "How can we help?",
        "confirmation_message": "Thank you. Somebody from Acme will answer within four hours"
        " on working days.",
        "custom_fields": [
            {
                "key": "product",
                "label": "Product",
                "kind": "select",
                "options": ["Scan S2", "Print P4", "Hub", "Acme Cloud", "Mobile app"],
                "help": "Which of our products is it about?",
            },
            {
                "key": "serialNumber",
                "label": "Serial number",
                "help": "On the sticker below the device, such as S2-48-11907.",
                "show_when": {"product": ["Scan S2", "Print P4", "Hub"]},
            },
            {"key": "orderNumber", "label": "Order number", "help": "Such as A-20417."},
        ],
    },
    "sla_config": {
        "first_response_time": 240,
        "resolution_time": {
            "low": 4800, "medium": 2400, "high": 960, "urgent": 480, "critical": 240,
        },
        "business_hours": {
            "timezone": "Europe/Berlin",
            "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _WORKING_HOURS),
            "holidays": ["2026-12-24", "2026-12-25", "2026-12-26", "2027-01-01"],
        },
        "warn_minutes": 60,
    },
    "email_config": {
        "from_name": "Acme Support",
        "from_email": "support@acme.example",
        "reply_to_email": "support@acme.example",
        "signature": "Acme Support\nMon to Fri, 8:00 to 18:00 · help.acme.example",
    },
    # Whoever tries the demo at night shall find somebody there.
    "chat": {"follow_hours": False},
    "reopen_window_days": 14,
}  # fmt: skip

_STAFF = {
    "acme": (
        ("ada@acme.example", "Ada Lovelace", UserRole.ADMIN),
        ("grace@acme.example", "Grace Hopper", UserRole.AGENT),
        ("linus@acme.example", "Linus Pauling", UserRole.AGENT),
    ),
    "globex": (("bo@globex.example", "Bo Larsson", UserRole.ADMIN),),
}
_CUSTOMERS = {
    "acme": {"jane@customer.example": "Jane Smith", "omar@customer.example": "Omar Haddad"},
    "globex": {},
}


def found(
    slug: str,
    name: str,
    settings: dict[str, Any],
    stories: list[Story],
    *,
    password_hash: str,
    timetable: Timetable,
    identifiers: Identifiers,
) -> Desk:
    """Return an organization with its people and nothing on its desk yet.

    Customers are those the contract names and everybody who wrote more than once.

    Args:
        settings: its TicketSettings, as far as they differ from the defaults.
        stories: what will be played on it.
    """
    since = timetable.now - timedelta(days=200)
    organization = Organization(
        id=identifiers.new("org", since),
        slug=slug,
        name=name,
        timezone=str(timetable.zone),
        settings=TicketSettings.model_validate(settings).model_dump(mode="json", by_alias=True),
        created_at=since,
    )
    desk = Desk(organization, {}, {}, timetable, identifiers)
    for email, full_name, role in _STAFF[slug]:
        first = full_name.split()[0].lower()
        desk.staff[first] = _member(desk, email, full_name, role, since, password_hash)
    known = _CUSTOMERS[slug] | _regulars(stories)
    for email, full_name in known.items():
        since += timedelta(minutes=1)
        desk.customers[email] = _member(
            desk, email, full_name, UserRole.CUSTOMER, since, password_hash
        )
    return desk


def _regulars(stories: list[Story]) -> dict[str, str]:
    often = Counter(story.email for story in stories)
    return {story.email: story.name for story in stories if often[story.email] > 1}


def _member(
    desk: Desk, email: str, name: str, role: UserRole, since: datetime, password_hash: str
) -> User:
    return User(
        id=desk.identifiers.new("user", since),
        organization_id=desk.organization.id,
        email=email,
        name=name,
        role=role,
        password_hash=password_hash,
        timezone=str(desk.timetable.zone),
        # A desk that has been at work for weeks needs no first steps.
        preferences={"guideDismissed": True} if role is UserRole.ADMIN else {},
        email_verified_at=since,
        created_at=since,
    )
