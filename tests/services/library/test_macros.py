"""Macros and saved views."""

import pytest

from tests.services.tickets.threads import row, ticket
from ticketdesk.errors import Conflict, Invalid
from ticketdesk.services.library import macros, saved_views
from ticketdesk.services.library.macros import MacroInput
from ticketdesk.services.library.saved_views import SavedViewInput
from ticketdesk.services.tickets.read import responses


def make(session, actor, **change):
    return macros.create(session, actor, MacroInput.parse({"title": "Done", "change": change}))


def test_a_macro_does_all_its_actions_in_one_click(session, grace):
    one = ticket(session, grace)
    macro = make(
        session,
        grace,
        reply="<p>Solved, {{requester.first_name}}.</p>",
        status="RESOLVED",
        addTags=["solved"],
        assignedToId="me",
    )
    after = macros.run(session, grace, macro.id, one.id)
    assert (after.status, after.tags, after.assigned_to_id) == (
        "RESOLVED",
        ["solved"],
        grace.user_id,
    )
    assert [r.content for r in responses(session, grace, one.id).items] == ["<p>Solved, Jane.</p>"]


def test_a_macro_that_cannot_finish_does_nothing(session, grace):
    one = ticket(session, grace)
    macros.run(session, grace, make(session, grace, status="CANCELLED").id, one.id)
    blocked = make(session, grace, priority="HIGH", status="RESOLVED")
    with pytest.raises(Conflict), session.begin_nested():
        macros.run(session, grace, blocked.id, one.id)
    assert row(session, one.id).priority == "MEDIUM"


def test_a_macro_with_an_unknown_variable_or_no_action_is_refused(session, grace):
    with pytest.raises(Invalid):
        make(session, grace, reply="{{nobody}}")
    with pytest.raises(Invalid):
        make(session, grace)


def test_a_saved_view_counts_what_it_holds(session, grace):
    ticket(session, grace, tags=["vip"])
    ticket(session, grace)
    saved_views.create(
        session, grace, SavedViewInput.parse({"title": "VIP", "query": {"tag": "vip"}})
    )
    (view,) = saved_views.list_all(session, grace, counted=True)
    assert (view.title, view.count) == ("VIP", 1)


def test_a_view_with_a_filter_that_does_not_exist_is_refused(session, grace):
    with pytest.raises(Invalid):
        saved_views.create(
            session, grace, SavedViewInput.parse({"title": "x", "query": {"colour": "red"}})
        )
    with pytest.raises(Invalid):
        saved_views.create(
            session, grace, SavedViewInput.parse({"title": "x", "query": {"q": "colour:red"}})
        )
