"""The settings that exist, as their navigation and the palette list them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """A page of settings; `words` are what somebody might search it by."""

    path: str
    label: str
    words: str
    admin: bool = True


GROUPS: tuple[tuple[str, tuple[Section, ...]], ...] = (
    (
        "You",
        (
            Section(
                "/app/settings/preferences",
                "Preferences",
                "signature theme dark density view away dates language notifications mail summary",
                admin=False,
            ),
            Section(
                "/app/settings/profile",
                "Security",
                "password second factor two-factor 2fa totp recovery codes sessions devices",
                admin=False,
            ),
        ),
    ),
    (
        "Organization",
        (
            Section(
                "/app/settings/start",
                "Get started",
                "guide first steps new setup welcome begin",
            ),
            Section(
                "/app/settings/organization",
                "General",
                "name logo colour color brand time zone language locale",
            ),
            Section("/app/settings/members", "Members", "people agents admins invite role"),
            Section(
                "/app/settings/customers",
                "Customers",
                "people company manager portal requester organization contacts",
            ),
            Section("/app/settings/teams", "Teams", "groups"),
        ),
    ),
    (
        "Tickets",
        (
            Section(
                "/app/settings/canned-responses",
                "Canned responses",
                "macros snippets templates shortcuts variables",
                admin=False,
            ),
            Section(
                "/app/settings/ticket-templates",
                "Ticket templates",
                "new ticket form start filled prefilled common issues",
            ),
            Section(
                "/app/settings/widget",
                "Widget",
                "form embed snippet colour color logo sites captcha spam preview anonymous",
            ),
            Section(
                "/app/settings/chat",
                "Chat",
                "live conversation away hours greeting embed snippet customers talk",
            ),
            Section("/app/settings/fields", "Fields", "custom fields questions"),
            Section("/app/settings/categories", "Categories", "topics"),
            Section(
                "/app/settings/statuses",
                "Statuses",
                "labels names words new open progress waiting resolved closed cancelled translate",
            ),
            Section(
                "/app/settings/sla",
                "SLA",
                "service level policies first response resolution warning pause due calculator",
            ),
            Section(
                "/app/settings/rules",
                "Rules",
                "automation assignment triggers conditions actions round robin escalate try",
            ),
            Section(
                "/app/settings/business-hours",
                "Business hours",
                "calendar shifts time zone holidays days off ical",
            ),
        ),
    ),
    (
        "Connections",
        (
            Section(
                "/app/settings/email",
                "Email",
                "mail smtp sendgrid postmark ses provider signature from reply undo test imap"
                " inbound webhook dkim",
            ),
            Section(
                "/app/settings/mail-templates",
                "Mail templates",
                "wording confirmation reply survey automatic answer language preview",
            ),
            Section(
                "/app/settings/mail-log",
                "Mail log",
                "failed bounced held messages deliveries retry send again",
            ),
            Section("/app/settings/api-keys", "API keys", "token integration scope"),
            Section("/app/settings/webhooks", "Webhooks", "events deliveries replay secret"),
        ),
    ),
    (
        "Safety",
        (
            Section("/app/settings/single-sign-on", "Single sign-on", "oidc openid login provider"),
            Section(
                "/app/settings/privacy",
                "Retention and erasure",
                "gdpr privacy delete erase forget person export copy archive period days old",
            ),
            Section(
                "/app/settings/deleted-tickets",
                "Deleted tickets",
                "trash bin restore undelete recover purge removed",
            ),
            Section("/app/settings/audit-log", "Audit log", "history who changed what"),
        ),
    ),
)


def groups() -> list[dict[str, Any]]:
    """Return the groups as the browser gets them."""
    return [
        {
            "name": name,
            "items": [
                {"to": s.path, "label": s.label, "words": s.words, "admin": s.admin}
                for s in sections
            ],
        }
        for name, sections in GROUPS
    ]
