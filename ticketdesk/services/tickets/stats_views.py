"""The figures of a desk, as the dashboard and the API show them."""

from ticketdesk.models.wire import Moment, View
from ticketdesk.services.surveys.figures import SatisfactionFigures


class DayFigures(View):
    """One day in the organization's zone."""

    date: str
    created: int
    resolved: int


class AgentFigures(View):
    """What one agent has on the desk now, and has resolved in the period."""

    user_id: str
    name: str
    open: int
    resolved: int


class SlaFigures(View):
    """How the targets of the period's tickets were kept.

    `compliance` is the share of tickets without a missed target, in percent; None without tickets.
    """

    first_response_met: int
    first_response_missed: int
    breached: int
    compliance: float | None


class ChatFigures(View):
    """The period's chats, and how many of them became a ticket (`conversion_rate` in percent)."""

    total: int
    converted: int
    conversion_rate: float | None


class TicketStats(View):
    """A desk at a glance.

    The counts by status, priority and category are of all tickets and add up to `total`; averages
    (in minutes), `sla`, `chats`, `per_day` and each agent's `resolved` are of the last `days` days,
    today included, in the organization's zone.
    """

    days: int
    computed_at: Moment
    timezone: str
    total: int
    open: int
    closed: int
    unassigned: int
    by_status: dict[str, int]
    by_priority: dict[str, int]
    by_category: dict[str, int]
    open_by_priority: dict[str, int]
    open_by_category: dict[str, int]
    average_first_response_minutes: float | None
    average_resolution_minutes: float | None
    created_in_period: int
    resolved_in_period: int
    sla: SlaFigures
    chats: ChatFigures
    satisfaction: SatisfactionFigures
    agents: list[AgentFigures]
    per_day: list[DayFigures]
