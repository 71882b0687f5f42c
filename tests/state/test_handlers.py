"""Every handler that a browser can call goes through the edge, or touches nothing but its page."""

import inspect
import re

import pytest
import reflex as rx

from ticketdesk.ticketdesk import app

# These change what is on this one page and read nothing.
LOCAL = {
    "ToastState.show",
    "ChatManyState.forget",
    "ShellState.end",
    "MembersState.stay",
    "MemberWorkState.leave",
    "TeamsState.edit",
    "TeamsState.leave",
    "CannedResponsesState.leave",
    "EmailState.choose",
    "DeletedTicketsState.ask",
    "EmailInboundState.choose",
    "MailTemplatesState.shade",
    "MacrosState.edit",
    "MacrosState.leave",
    "CustomersState.edit",
    "CustomersState.leave",
    "PersonState.leave",
    "RulesState.leave",
    "SlaPolicyState.leave",
    "NewTicketState.leave",
    "TicketClocksState.leave",
    "TicketTemplatesState.edit",
    "TicketTemplatesState.leave",
}
BOUND = {"setvar", "set_is_hydrated", "hydrate", "hydrate_and_load"}

assert app


def ours():
    def below(cls):
        for child in cls.get_substates():
            yield child
            yield from below(child)

    # In one order, because pytest's workers must all collect the same.
    for state in sorted(below(rx.State), key=lambda found: found.get_full_name()):
        if state.__module__.startswith("ticketdesk."):
            for name, handler in state.event_handlers.items():
                if name not in BOUND:
                    yield pytest.param(state, handler, id=f"{state.__name__}.{name}")


def reaches_the_edge(state, function, seen=frozenset()) -> bool:
    source = inspect.getsource(inspect.unwrap(function))
    if re.search(r"\bcall\(\s*self\b", source):
        return True
    helpers = set(re.findall(r"self\.(_\w+)\(", source)) - seen
    return any(
        reaches_the_edge(state, getattr(state, name), seen | helpers)
        for name in helpers
        if callable(getattr(state, name, None))
    )


@pytest.mark.parametrize(("state", "handler"), list(ours()))
def test_a_handler_goes_through_the_edge(state, handler):
    name = f"{state.__name__}.{handler.fn.__name__}"
    assert name in LOCAL or reaches_the_edge(state, handler.fn), f"{name} bypasses the edge"


@pytest.mark.parametrize(("state", "handler"), list(ours()))
def test_a_handler_never_blocks_the_event_loop(state, handler):
    function = inspect.unwrap(handler.fn)
    assert inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)
