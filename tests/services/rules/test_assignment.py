"""Round robin and least loaded, to those who are there and have room (issue 8, Assignment)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import select

from tests.services.rules.desk import asks, make_rule
from tests.services.sla.desk import berlin, move, open_ticket
from ticketdesk import db
from ticketdesk.models import Team, TeamMember, Ticket, User
from ticketdesk.services.rules import manage


def _robin(*agents: Any, **more: Any) -> list[dict[str, Any]]:
    ids = [agent.user_id for agent in agents]
    return [{"type": "ASSIGN_ROUND_ROBIN", "agentIds": ids, **more}]


def _least(*agents: Any) -> list[dict[str, Any]]:
    return [{"type": "ASSIGN_LEAST_LOADED", "agentIds": [agent.user_id for agent in agents]}]


def _set(session, agent, **values: Any) -> None:
    user = session.get(User, agent.user_id)
    for name, value in values.items():
        setattr(user, name, value)
    session.flush()


def test_agents_take_turns(session, ada, grace, linus, clock) -> None:
    make_rule(session, ada, actions=_robin(grace, linus))

    given = [open_ticket(session, ada).assigned_to_id for _ in range(6)]

    assert given[:2] == given[2:4] == given[4:]
    assert set(given) == {grace.user_id, linus.user_id}


def test_two_rules_with_the_same_agents_share_the_turns(session, ada, grace, linus, clock) -> None:
    for name in ("Billing", "Technical"):
        make_rule(
            session, ada, name, conditions={"all": [asks("category", "IS", name)]},
            actions=_robin(grace, linus),
        )  # fmt: skip

    given = [
        open_ticket(session, ada, category=name).assigned_to_id for name in ("Billing", "Technical")
    ]

    assert set(given) == {grace.user_id, linus.user_id}


def test_those_who_are_away_or_full_or_gone_are_passed_over(
    session, ada, grace, linus, clock
) -> None:
    make_rule(session, ada, actions=_robin(ada, grace, linus))
    _set(session, ada, is_available=False)
    _set(session, linus, capacity=1)

    given = Counter(open_ticket(session, ada).assigned_to_id for _ in range(4))

    assert given == {linus.user_id: 1, grace.user_id: 3}


def test_a_finished_ticket_makes_room_again(session, ada, linus, clock) -> None:
    make_rule(session, ada, actions=_robin(linus))
    _set(session, linus, capacity=1)
    first, second = open_ticket(session, ada), open_ticket(session, ada)
    assert second.assigned_to_id is None

    move(session, ada, first, "RESOLVED")

    assert open_ticket(session, ada).assigned_to_id == linus.user_id


def test_nobody_free_leaves_the_ticket_and_says_so(session, ada, linus, clock) -> None:
    rule = make_rule(session, ada, actions=_robin(linus))
    _set(session, linus, is_available=False)

    assert open_ticket(session, ada).assigned_to_id is None
    problem = manage.get(session, ada, rule.id).last_problem
    assert problem == "Nobody is available and under their capacity."


def test_working_hours_of_an_agent_count(session, ada, grace, linus, clock) -> None:
    hours = {"timezone": "Europe/Berlin", "weekly": {"mon": [["09:00", "13:00"]]}}
    _set(session, grace, working_hours=hours)
    make_rule(session, ada, actions=_least(grace))

    at_noon = open_ticket(session, ada).assigned_to_id
    clock.move_to(berlin("2026-03-02T13:00"))

    assert at_noon == grace.user_id
    assert open_ticket(session, ada).assigned_to_id is None


def test_the_least_loaded_gets_the_next_and_of_equals_who_waited_longest(
    session, ada, grace, linus, clock
) -> None:
    for _ in range(2):
        open_ticket(session, ada, assignedToId=grace.user_id)
    make_rule(session, ada, actions=_least(grace, linus))

    given = []
    for _ in range(4):
        clock.shift(1)
        given.append(open_ticket(session, ada).assigned_to_id)

    assert given == [linus.user_id, linus.user_id, grace.user_id, linus.user_id]


def test_a_team_shares_its_work(session, cast, ada, grace, linus, clock) -> None:
    session.add(Team(id="team_1", organization_id=cast.acme, name="Payments"))
    session.flush()
    for agent in (grace, linus):
        session.add(
            TeamMember(
                id=f"tm_{agent.user_id}", organization_id=cast.acme, team_id="team_1",
                user_id=agent.user_id,
            )
        )  # fmt: skip
    session.flush()
    make_rule(session, ada, actions=_robin(teamId="team_1"))

    given = Counter(open_ticket(session, ada).assigned_to_id for _ in range(4))

    assert given == {grace.user_id: 2, linus.user_id: 2}


def test_without_names_every_agent_and_admin_takes_turns(session, ada, grace, linus, clock) -> None:
    make_rule(session, ada, actions=_robin())

    given = {open_ticket(session, ada).assigned_to_id for _ in range(3)}

    assert given == {ada.user_id, grace.user_id, linus.user_id}


@pytest.mark.parametrize("kind", ["ASSIGN_ROUND_ROBIN", "ASSIGN_LEAST_LOADED"])
def test_many_tickets_at_once_are_shared_fairly(
    database, cast, ada, grace, linus, kind: str
) -> None:
    with db.tenant_session(cast.acme) as session:
        ids = [grace.user_id, linus.user_id]
        make_rule(session, ada, actions=[{"type": kind, "agentIds": ids}])
        session.commit()

    def one(_: int) -> None:
        with db.tenant_session(cast.acme) as own:
            open_ticket(own, ada)
            own.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(20)))

    with db.tenant_session(cast.acme) as session:
        given = Counter(session.exec(select(Ticket.assigned_to_id)))
    assert given == {grace.user_id: 10, linus.user_id: 10}
