"""/app/reports: how the desk did over a period."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from ticketdesk.errors import Invalid
from ticketdesk.realtime import LATER, Refresh
from ticketdesk.services.desk import rows
from ticketdesk.services.desk.words import PRIORITY, SOURCE
from ticketdesk.services.reports.query import ReportQuery
from ticketdesk.services.reports.report import report
from ticketdesk.services.reports.views import Bucket, Part, Report, Times
from ticketdesk.state.dashboard import duration, percent
from ticketdesk.state.loading import shows_failures
from ticketdesk.state.session import call
from ticketdesk.state.watching import watch

PERIODS = {7: "7 days", 30: "30 days", 90: "90 days", 365: "A year"}
PERIOD = ("days", "since", "until")
FILTERS = ("source", "category", "agent", "tag", "priority")
_STANDING = 30
_WORDS = {str(key): word for table in (SOURCE, PRIORITY) for key, word in table.items()}


class ReportsState(rx.State):
    """Figures ready to be shown; `buckets` feed every chart."""

    phase: str = "loading"
    period: int = _STANDING
    since: str = ""
    until: str = ""
    paths: dict[str, str] = {}
    span: str = "day"
    zone: str = ""
    figures: list[dict[str, str]] = []
    buckets: list[dict[str, Any]] = []
    channel: list[dict[str, Any]] = []
    category: list[dict[str, Any]] = []
    agent: list[dict[str, Any]] = []
    tag: list[dict[str, Any]] = []
    priority: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    categories: list[dict[str, Any]] = []
    tags: list[dict[str, Any]] = []
    _asked: dict[str, str] = {}

    async def _show(self) -> None:
        found = await call(self, report, _query(self._asked))
        self.figures, self.span, self.zone = _figures(found), found.unit, found.timezone
        self.since, self.until = found.since, found.until
        buckets = [_bucket(one) for one in found.buckets]
        if buckets != self.buckets:
            self.buckets = buckets
        for kind in ("channel", "category", "agent", "tag", "priority"):
            setattr(self, kind, [_part(kind, one) for one in getattr(found.by, kind)])
        is_empty = not (found.totals.created or found.totals.resolved or found.totals.backlog)
        self.phase = "empty" if is_empty else "ready"

    @rx.event
    @shows_failures
    async def load(self) -> None:
        """Show the figures of the period and the filters in the address."""
        wanted = self.router.url.query_parameters
        self._asked = {name: wanted[name][:200] for name in (*PERIOD, *FILTERS) if wanted.get(name)}
        query = _query(self._asked)
        self.period = 0 if query.since else query.days
        kept = {name: value for name, value in self._asked.items() if name not in PERIOD}
        self.paths = {
            str(days): f"/app/reports?{urlencode(kept | {'days': days})}" for days in PERIODS
        }
        choices = await call(self, rows.choices)
        self.people = [one for one in choices.people if one["value"] not in {"me", "none"}]
        self.categories, self.tags = choices.categories, choices.tags
        await self._show()
        await watch(self, {"organization": [Refresh(ReportsState.refresh, within=LATER)]})

    @rx.event
    async def refresh(self) -> None:
        """Count again, after something changed."""
        if self.phase in {"ready", "empty"}:
            await self._show()


def _query(asked: Mapping[str, str]) -> ReportQuery:
    """Return what an address asks for, without what makes no sense in it."""
    days = asked.get("days", "")
    named = ("since", "until", *FILTERS)
    given: dict[str, Any] = {name: asked[name] for name in named if name in asked}
    given["days"] = int(days) if days in {str(known) for known in PERIODS} else _STANDING
    try:
        return ReportQuery.parse(given)
    except Invalid as error:
        return ReportQuery.parse({name: v for name, v in given.items() if name not in error.fields})


def _figures(found: Report) -> list[dict[str, str]]:
    totals, form, chats, said = found.totals, found.form, found.chats, found.satisfaction
    late = totals.first_response_missed
    return [
        _figure("Created", f"{totals.created:,}", f"{totals.backlog:,} open at the end"),
        _figure("Resolved", f"{totals.resolved:,}", "in the period"),
        _figure(
            "First response", duration(totals.first_response.median), _slow(totals.first_response)
        ),
        _figure("Resolution", duration(totals.resolution.median), _slow(totals.resolution)),
        _figure("Targets met", percent(totals.sla_kept), f"{late:,} first responses late"),
        _figure(
            "Form given up",
            percent(form.abandonment_rate),
            f"{form.started - form.submitted:,} of {form.started:,} begun",
        ),
        _figure(
            "Chats that became tickets",
            percent(chats.conversion_rate),
            f"{chats.converted:,} of {chats.total:,}",
        ),
        _figure(
            "Satisfied",
            percent(said.satisfied),
            f"{said.good:,} of {said.good + said.bad:,} answers",
        ),
    ]


def _figure(label: str, value: str, hint: str) -> dict[str, str]:
    return {"label": label, "value": value, "hint": hint}


def _slow(times: Times) -> str:
    return f"median; 9 of 10 within {duration(times.p90)}" if times.p90 is not None else "median"


def _hours(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes / 60, 2)


def _bucket(one: Bucket) -> dict[str, Any]:
    return {
        "date": one.date,
        "created": one.created,
        "resolved": one.resolved,
        "backlog": one.backlog,
        "first-median": _hours(one.first_response.median),
        "first-p90": _hours(one.first_response.p90),
        "took-median": _hours(one.resolution.median),
        "took-p90": _hours(one.resolution.p90),
        "kept": one.sla_kept,
    }


def _part(kind: str, one: Part) -> dict[str, Any]:
    nothing = "Nobody" if kind == "agent" else "None"
    return {
        "key": one.key,
        "label": _WORDS.get(one.label, one.label) or nothing,
        "created": one.created,
        "resolved": one.resolved,
        "first": _hours(one.first_response.median),
        "resolution": _hours(one.resolution.median),
        "kept": one.sla_kept,
    }
