"""The figures of a report. Times are in minutes, shares in percent; None where there is nothing."""

from ticketdesk.models.wire import Moment, View


class Times(View):
    """Half of the tickets were faster than `median`, nine of ten faster than `p90`."""

    median: float | None
    p90: float | None


class Bucket(View):
    """A day, or the week that begins on it.

    `backlog` is how many tickets were open at its end. First responses and `sla_kept` are of the
    tickets created in it, resolutions of those resolved in it.
    """

    date: str
    created: int
    resolved: int
    backlog: int
    first_response: Times
    resolution: Times
    sla_kept: float | None


class Part(View):
    """The period's new tickets of one channel, category, agent, tag or priority; '' has none."""

    key: str
    label: str
    created: int
    resolved: int
    first_response: Times
    resolution: Times
    sla_kept: float | None


class Breakdown(View):
    """The period's new tickets told apart in five ways, the most frequent first."""

    channel: list[Part]
    category: list[Part]
    agent: list[Part]
    tag: list[Part]
    priority: list[Part]


class Totals(View):
    """The period in one line; `backlog` is of its end."""

    created: int
    resolved: int
    backlog: int
    first_response: Times
    resolution: Times
    sla_kept: float | None
    first_response_met: int
    first_response_missed: int


class FormFigures(View):
    """Visits of the public form; `abandonment_rate` is the share of begun ones never sent."""

    opened: int
    started: int
    submitted: int
    abandonment_rate: float | None


class ChatFigures(View):
    """The period's chats, and how many of them became a ticket."""

    total: int
    converted: int
    conversion_rate: float | None


class SatisfactionFigures(View):
    """Answers of requesters in the period."""

    good: int
    bad: int
    satisfied: float | None


class Report(View):
    """How the desk did. `form` and `chats` are of the whole desk, whatever the filters."""

    days: int
    unit: str
    timezone: str
    since: str
    until: str
    computed_at: Moment
    totals: Totals
    buckets: list[Bucket]
    by: Breakdown
    form: FormFigures
    chats: ChatFigures
    satisfaction: SatisfactionFigures
