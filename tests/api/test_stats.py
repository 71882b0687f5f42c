"""The figures over HTTP."""

from tests.api.callers import refused


def test_an_empty_desk_has_figures_too(agent) -> None:
    stats = agent.get("/api/tickets/stats").json()["stats"]

    assert (stats["total"], stats["open"], stats["closed"]) == (0, 0, 0)
    assert stats["averageFirstResponseMinutes"] is None
    assert stats["chats"]["conversionRate"] is None
    assert len(stats["perDay"]) == stats["days"] == 30


def test_every_change_shows_at_once(agent) -> None:
    ticket = agent.ticket(priority="HIGH", category="Billing", assignedToId="me")
    agent.ticket(priority="LOW")
    before = agent.get("/api/tickets/stats?days=7").json()["stats"]
    agent.patch(f"/api/tickets/{ticket['id']}/status", {"status": "RESOLVED"})
    after = agent.get("/api/tickets/stats?days=7").json()["stats"]

    assert (before["open"], before["closed"]) == (2, 0)
    assert (after["open"], after["closed"], after["unassigned"]) == (1, 1, 1)
    assert after["byStatus"]["RESOLVED"] == 1
    assert after["byPriority"] == {"LOW": 1, "MEDIUM": 0, "HIGH": 1, "URGENT": 0, "CRITICAL": 0}
    assert after["byCategory"] == {"": 1, "Billing": 1}
    assert after["perDay"][-1]["created"] == 2
    assert after["perDay"][-1]["resolved"] == 1
    grace = next(load for load in before["agents"] if load["name"] == "Grace Hopper")
    assert (grace["open"], grace["resolved"]) == (1, 0)


def test_each_organization_has_its_own_figures(agent, stranger) -> None:
    agent.ticket()

    assert stranger.get("/api/tickets/stats").json()["stats"]["total"] == 0


def test_a_period_has_1_to_366_days(agent) -> None:
    for days in ("0", "367", "x"):
        answer = agent.get(f"/api/tickets/stats?days={days}")
        refused(answer, 422, "validation_error", "days")
