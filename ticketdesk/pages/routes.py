"""The addresses of the staff app."""

import reflex as rx

from ticketdesk.pages import (
    chat,
    chats,
    dashboard,
    new_ticket,
    not_found,
    reports,
    ticket,
    ticket_list,
    workload,
)
from ticketdesk.pages.settings import routes as settings
from ticketdesk.state.chat import ChatState
from ticketdesk.state.chats import ChatsState
from ticketdesk.state.dashboard import DashboardState
from ticketdesk.state.new_ticket import NewTicketState
from ticketdesk.state.related_chats import RelatedChatsState
from ticketdesk.state.reports import ReportsState
from ticketdesk.state.shell import ShellState
from ticketdesk.state.ticket import TicketState
from ticketdesk.state.ticket_list import TicketListState
from ticketdesk.state.workload import WorkloadState


def add_to(app: rx.App) -> None:
    """Register every screen; each reads the frame first, then its own facts."""
    app.add_page(
        ticket_list.page,
        route="/app/tickets",
        title="Tickets · TicketDesk",
        on_load=[ShellState.load, TicketListState.load],
    )
    app.add_page(
        new_ticket.page,
        route="/app/tickets/new",
        title="New ticket · TicketDesk",
        on_load=[ShellState.load, NewTicketState.load],
    )
    app.add_page(
        ticket.page,
        route="/app/tickets/[ticket]",
        title="Ticket · TicketDesk",
        # The conversation first: the frame around it stands already, or is filled a moment later.
        on_load=[
            TicketState.load,
            RelatedChatsState.load,
            ShellState.load,
            TicketState.prepare,
        ],
    )
    app.add_page(
        chats.page,
        route="/app/chats",
        title="Chats · TicketDesk",
        on_load=[ShellState.load, ChatsState.load],
    )
    app.add_page(
        chat.page,
        route="/app/chats/[chat]",
        title="Chat · TicketDesk",
        on_load=[ShellState.load, ChatState.load],
    )
    app.add_page(
        dashboard.page,
        route="/app/dashboard",
        title="Dashboard · TicketDesk",
        on_load=[ShellState.load, DashboardState.load],
    )
    app.add_page(
        reports.page,
        route="/app/reports",
        title="Reports · TicketDesk",
        on_load=[ShellState.load, ReportsState.load],
    )
    app.add_page(
        workload.page,
        route="/app/workload",
        title="Workload · TicketDesk",
        on_load=[ShellState.load, WorkloadState.load],
    )
    settings.add_to(app)
    app.add_page(not_found.page, route="404", title="Not found · TicketDesk")
