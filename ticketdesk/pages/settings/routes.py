"""The addresses of the settings."""

from collections.abc import Callable

import reflex as rx

from ticketdesk.pages.settings import (
    api_keys,
    audit_log,
    business_hours,
    canned_responses,
    categories,
    chat,
    custom_fields,
    customers,
    deleted_tickets,
    email,
    getting_started,
    mail_log,
    mail_templates,
    members,
    organization,
    preferences,
    privacy,
    profile,
    rules,
    single_sign_on,
    sla,
    statuses,
    teams,
    ticket_templates,
    webhooks,
    widget,
)
from ticketdesk.state.settings.api_keys import ApiKeysState
from ticketdesk.state.settings.audit_log import AuditLogState
from ticketdesk.state.settings.business_hours import BusinessHoursState
from ticketdesk.state.settings.canned_responses import CannedResponsesState
from ticketdesk.state.settings.categories import CategoriesState
from ticketdesk.state.settings.chat import ChatSettingsState
from ticketdesk.state.settings.custom_fields import CustomFieldsState
from ticketdesk.state.settings.customers import CustomersState
from ticketdesk.state.settings.deleted_tickets import DeletedTicketsState
from ticketdesk.state.settings.email import EmailState
from ticketdesk.state.settings.getting_started import GettingStartedState
from ticketdesk.state.settings.mail_log import MailLogState
from ticketdesk.state.settings.mail_templates import MailTemplatesState
from ticketdesk.state.settings.members import MembersState
from ticketdesk.state.settings.organization import OrganizationState
from ticketdesk.state.settings.preferences import PreferencesState
from ticketdesk.state.settings.privacy import RetentionState
from ticketdesk.state.settings.profile import ProfileState
from ticketdesk.state.settings.rules import RulesState
from ticketdesk.state.settings.single_sign_on import SingleSignOnState
from ticketdesk.state.settings.sla import SlaState
from ticketdesk.state.settings.statuses import StatusesState
from ticketdesk.state.settings.teams import TeamsState
from ticketdesk.state.settings.ticket_templates import TicketTemplatesState
from ticketdesk.state.settings.webhooks import WebhooksState
from ticketdesk.state.settings.widget import WidgetState
from ticketdesk.state.shell import ShellState

PAGES: dict[str, tuple[Callable[[], rx.Component], type[rx.State]]] = {
    "": (profile.page, ProfileState),
    "/profile": (profile.page, ProfileState),
    "/preferences": (preferences.page, PreferencesState),
    "/start": (getting_started.page, GettingStartedState),
    "/organization": (organization.page, OrganizationState),
    "/members": (members.page, MembersState),
    "/customers": (customers.page, CustomersState),
    "/teams": (teams.page, TeamsState),
    "/rules": (rules.page, RulesState),
    "/widget": (widget.page, WidgetState),
    "/chat": (chat.page, ChatSettingsState),
    "/fields": (custom_fields.page, CustomFieldsState),
    "/categories": (categories.page, CategoriesState),
    "/statuses": (statuses.page, StatusesState),
    "/sla": (sla.page, SlaState),
    "/business-hours": (business_hours.page, BusinessHoursState),
    "/canned-responses": (canned_responses.page, CannedResponsesState),
    "/ticket-templates": (ticket_templates.page, TicketTemplatesState),
    "/email": (email.page, EmailState),
    "/mail-templates": (mail_templates.page, MailTemplatesState),
    "/mail-log": (mail_log.page, MailLogState),
    "/api-keys": (api_keys.page, ApiKeysState),
    "/webhooks": (webhooks.page, WebhooksState),
    "/single-sign-on": (single_sign_on.page, SingleSignOnState),
    "/privacy": (privacy.page, RetentionState),
    "/deleted-tickets": (deleted_tickets.page, DeletedTicketsState),
    "/audit-log": (audit_log.page, AuditLogState),
}


def add_to(app: rx.App) -> None:
    """Register every page of settings."""
    for path, (page, state) in PAGES.items():
        app.add_page(
            page,
            route=f"/app/settings{path}",
            title="Settings · TicketDesk",
            on_load=[ShellState.load, state.load],
        )
