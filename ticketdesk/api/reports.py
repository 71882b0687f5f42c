"""Figures and exports."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Query
from starlette.responses import Response, StreamingResponse

from ticketdesk import clock
from ticketdesk.api.answers import Answer, answer, reading
from ticketdesk.api.caller import Caller, SignedIn
from ticketdesk.api.routing import router
from ticketdesk.api.ticket_query import ListQuery
from ticketdesk.services.reports.query import ReportQuery
from ticketdesk.services.reports.report import report
from ticketdesk.services.reports.views import Report
from ticketdesk.services.tickets.export import CsvPage, export_page, header
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.stats import LONGEST, stats
from ticketdesk.services.tickets.stats_views import TicketStats

routes = router("Reports")


class StatsAnswer(Answer):
    """The desk at a glance."""

    stats: TicketStats


@routes.get(
    "/api/tickets/stats",
    response_model=StatsAnswer,
    summary="Read the figures",
    responses=reading(),
)
def ticket_stats(
    caller: SignedIn,
    days: Annotated[int, Query(ge=1, le=LONGEST, description="The period, today included.")] = 30,
) -> Response:
    """Give counts, times, targets, workload and chats of the organization, to staff only."""
    return answer(StatsAnswer(stats=caller.run(stats, days=days)))


class ReportAnswer(Answer):
    """How the desk did over a period."""

    report: Report


@routes.get(
    "/api/reports",
    response_model=ReportAnswer,
    summary="Read the analytics of a period",
    responses=reading(),
)
def read_report(caller: SignedIn, query: Annotated[ReportQuery, Query()]) -> Response:
    """Give created, resolved and open tickets, times, targets and satisfaction over time.

    Told apart by channel, category, agent, tag and priority; periods over 92 days come in weeks.
    To staff only.
    """
    return answer(ReportAnswer(report=caller.run(report, query)))


@routes.get(
    "/api/tickets/export",
    response_class=StreamingResponse,
    summary="Export tickets as CSV",
    responses={
        **reading(400),
        200: {
            "description": "UTF-8 with a header line; cells that a spreadsheet would take for a"
            " formula begin with an apostrophe.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        },
    },
)
def export_tickets(caller: SignedIn, query: ListQuery) -> Response:
    """Stream the tickets of a list, with its filters, in order of creation; to staff only."""
    filters = query.filters()
    # The first page before the answer begins: until then an error is still an error.
    first = caller.run(export_page, filters)
    name = f"tickets-{clock.now():%Y-%m-%d}.csv"
    return StreamingResponse(
        _stream(caller, filters, first),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _stream(caller: Caller, filters: TicketFilters, page: CsvPage) -> Iterator[str]:
    """Give page after page, each in its own transaction and under the caller's present rights."""
    yield header() + page.text
    while page.next_cursor:
        page = caller.again().run(export_page, filters, cursor=page.next_cursor)
        yield page.text
