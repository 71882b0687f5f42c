"""What rules did and could not do is counted and said; their order is the admin's."""

from typing import Any

import pytest

from tests.services.rules.desk import asks, make_rule
from tests.services.sla.desk import move, open_ticket
from ticketdesk import db
from ticketdesk.errors import Conflict
from ticketdesk.models import (
    User,
)
from ticketdesk.models.enums import TicketStatus
from ticketdesk.services.rules import manage
from ticketdesk.services.rules.definition import RulePatch
from ticketdesk.services.rules.runs import last_runs


def _tag(*tags: str) -> list[dict[str, Any]]:
    return [{"type": "ADD_TAGS", "tags": list(tags)}]


def test_a_refused_action_never_breaks_the_change_and_is_written_down(
    session, ada, grace, clock
) -> None:
    rule = make_rule(
        session, ada, "Close", triggers=["STATUS_CHANGED"],
        actions=[{"type": "SET_STATUS", "status": "RESOLVED"}, *_tag("seen")],
    )  # fmt: skip
    ticket = open_ticket(session, grace)

    move(session, grace, ticket, "CANCELLED")

    assert (ticket.status, ticket.tags) == (TicketStatus.CANCELLED, ["seen"])
    found = manage.get(session, ada, rule.id)
    assert found.run_count == 1
    assert found.last_problem.startswith("A ticket cannot go from CANCELLED to RESOLVED.")


def test_a_deleted_agent_is_written_down_and_shown_on_the_rule(
    session, ada, grace, linus, clock
) -> None:
    rule = make_rule(session, ada, actions=[{"type": "ASSIGN_TO_AGENT", "agentId": linus.user_id}])
    session.get(User, linus.user_id).is_active = False
    session.flush()

    ticket = open_ticket(session, grace)

    assert ticket.assigned_to_id is None
    found = manage.get(session, ada, rule.id)
    assert found.last_problem == "There is no such member."
    assert found.problems == [f"There is no active agent {linus.name!r}."]


def test_runs_are_counted_and_listed(session, ada, grace, clock) -> None:
    rule = make_rule(session, ada, "Vip")
    make_rule(session, ada, "Never", conditions={"all": [asks("tags", "CONTAINS", "x")]})
    for _ in range(3):
        open_ticket(session, grace)

    assert [one.run_count for one in manage.list_all(session, ada)] == [3, 0]
    assert [run.words for run in last_runs(session, ada, rule.id)] == ["added the tag vip"] * 3


def test_another_organizations_rules_are_not_ours(session, cast, ada, bo, grace, clock) -> None:
    make_rule(session, ada)
    db.set_tenant(session, cast.globex)

    assert open_ticket(session, bo).tags == []
    assert manage.list_all(session, bo) == []


def test_a_position_moves_a_rule_among_the_others(session, ada, clock) -> None:
    for name in ("One", "Two", "Three"):
        last = make_rule(session, ada, name)

    manage.change(session, ada, last.id, RulePatch.parse({"position": 0}))

    assert [rule.name for rule in manage.list_all(session, ada)] == ["Three", "One", "Two"]


def test_an_order_that_leaves_a_rule_out_is_refused(session, ada, clock) -> None:
    rule = make_rule(session, ada)
    make_rule(session, ada, "Other")

    with pytest.raises(Conflict):
        manage.reorder(session, ada, [rule.id])
