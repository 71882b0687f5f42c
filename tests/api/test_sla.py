"""Service levels over the API: a due time explained, and a ticket's own clock."""

from datetime import datetime
from typing import Any

import pytest

from tests.api.callers import refused

EXPLAIN = "/api/sla/explain"


WEEK = ("mon", "tue", "wed", "thu", "fri")


BERLIN: dict[str, Any] = {
    "timezone": "Europe/Berlin",
    "weekly": {day: [["09:00", "12:00"], ["13:00", "17:30"]] for day in WEEK},
    "holidays": ["2026-12-25"],
}


def _seconds(span: dict[str, str]) -> float:
    begin, end = (datetime.fromisoformat(span[key]) for key in ("from", "to"))
    return (end - begin).total_seconds()


def test_explain_gives_the_due_time_and_a_timeline_that_adds_up(agent) -> None:
    answer = agent.post(
        EXPLAIN,
        {
            "start": "2026-12-24T15:00:00Z",
            "minutes": 120,
            "businessHours": BERLIN,
            "pauses": [["2026-12-24T15:30:00Z", "2026-12-24T15:45:00Z"]],
        },
    ).json()

    assert answer["success"] is True
    assert answer["dueAt"] == "2026-12-28T08:45:00Z"
    kinds = [span["kind"] for span in answer["timeline"]]
    assert kinds == [
        "counted", "paused", "counted", "outside", "holiday", "outside", "counted"
    ]  # fmt: skip
    counted = [span for span in answer["timeline"] if span["kind"] == "counted"]
    assert sum(map(_seconds, counted)) == 120 * 60
    assert answer["timeline"][0]["from"] == "2026-12-24T15:00:00Z"
    assert answer["timeline"][-1]["to"] == answer["dueAt"]


def test_null_hours_count_round_the_clock(agent) -> None:
    answer = agent.post(
        EXPLAIN, {"start": "2026-12-24T15:00:00Z", "minutes": 60, "businessHours": None}
    ).json()

    assert answer["dueAt"] == "2026-12-24T16:00:00Z"
    assert [span["kind"] for span in answer["timeline"]] == ["counted"]


def test_hours_left_out_are_the_organizations(admin) -> None:
    admin.patch("/api/organization/settings", {"slaConfig": {"businessHours": BERLIN}})

    answer = admin.post(EXPLAIN, {"start": "2026-12-24T16:00:00Z", "minutes": 60}).json()

    assert answer["dueAt"] == "2026-12-28T08:30:00Z"


def test_hours_that_never_open_are_never_due(agent) -> None:
    answer = agent.post(
        EXPLAIN,
        {
            "start": "2026-12-24T16:00:00Z",
            "minutes": 60,
            "businessHours": {"timezone": "UTC", "weekly": {}},
        },
    )

    assert answer.status_code == 200
    assert answer.json()["dueAt"] is None


def test_a_pause_that_lasts_leaves_no_due_time(agent) -> None:
    answer = agent.post(
        EXPLAIN,
        {
            "start": "2026-12-24T16:00:00Z",
            "minutes": 60,
            "businessHours": None,
            "pauses": [["2026-12-24T16:30:00Z", None]],
        },
    ).json()

    assert answer["dueAt"] is None
    assert [span["kind"] for span in answer["timeline"]] == ["counted", "paused"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": -5}, "minutes"),
        ({"minutes": 10**9}, "minutes"),
        ({"minutes": 10**30}, "minutes"),
        ({"minutes": "soon"}, "minutes"),
        ({"start": "yesterday"}, "start"),
        ({"start": "2026-12-24T16:00:00"}, "start"),
        ({"start": "9999-12-24T16:00:00Z"}, "start"),
        ({"businessHours": BERLIN | {"timezone": "Mars/Olympus"}}, "businessHours.timezone"),
        (
            {
                "businessHours": BERLIN
                | {"weekly": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}}
            },
            "businessHours.weekly",
        ),
        (
            {"businessHours": BERLIN | {"weekly": {"mon": [["12:00", "09:00"]]}}},
            "businessHours.weekly",
        ),
        ({"businessHours": BERLIN | {"holidays": ["2026-02-30"]}}, "businessHours.holidays.0"),
        ({"businessHours": BERLIN | {"opens": "never"}}, "businessHours.opens"),
        ({"pauses": [["2026-12-24T17:00:00Z", "2026-12-24T16:00:00Z"]]}, "pauses"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_question_is_refused_by_field(agent, change: dict, field: str) -> None:
    question = {"start": "2026-12-24T16:00:00Z", "minutes": 60, "businessHours": BERLIN}

    error = refused(agent.post(EXPLAIN, question | change), 422, "validation_error")

    assert any(name == field or name.startswith(f"{field}.") for name in error["fields"])


def test_midnight_can_end_a_day(agent) -> None:
    hours = {
        "timezone": "UTC",
        "weekly": {"thu": [["22:00", "24:00"]], "fri": [["00:00", "02:00"]]},
    }

    answer = agent.post(
        EXPLAIN, {"start": "2026-12-24T12:00:00Z", "minutes": 240, "businessHours": hours}
    ).json()

    assert answer["dueAt"] == "2026-12-25T02:00:00Z"
    assert [span["kind"] for span in answer["timeline"]] == ["outside", "counted"]


def test_a_tickets_clock_is_explained(agent) -> None:
    ticket = agent.ticket(priority="URGENT")

    sla = agent.get(f"/api/tickets/{ticket['id']}/sla").json()["sla"]

    by_kind = {target["kind"]: target for target in sla["targets"]}
    assert set(by_kind) == {"FIRST_RESPONSE", "RESOLUTION"}
    assert by_kind["FIRST_RESPONSE"]["dueAt"] == ticket["firstResponseSla"]
    assert by_kind["RESOLUTION"]["dueAt"] == ticket["resolutionSla"]
    assert by_kind["RESOLUTION"]["minutes"] == 480
    assert sla["state"] == "ok"
    assert sla["timeline"][-1]["to"] == ticket["resolutionSla"]


def test_a_waiting_tickets_clock_is_paused_and_the_list_finds_it(agent) -> None:
    ticket, other = agent.ticket(), agent.ticket()
    agent.reply(ticket, "Which account?", statusChange="WAITING_ON_CUSTOMER")

    sla = agent.get(f"/api/tickets/{ticket['id']}/sla").json()["sla"]
    found = agent.get("/api/tickets?sla=paused").json()["tickets"]
    sorted_ids = [row["id"] for row in agent.get("/api/tickets?sort=sla").json()["tickets"]]

    target = next(one for one in sla["targets"] if one["kind"] == "RESOLUTION")
    assert (sla["state"], target["dueAt"]) == ("paused", None)
    assert target["pausedSince"]
    assert [row["id"] for row in found] == [ticket["id"]]
    assert found[0]["resolutionSla"] is None
    assert sorted_ids == [other["id"], ticket["id"]]


def test_a_customer_learns_nothing_of_service_levels(calling, agent) -> None:
    ticket = agent.ticket(requesterEmail="jane@customer.example")

    refused(calling("jane").get(f"/api/tickets/{ticket['id']}/sla"), 403, "forbidden")


def test_another_organizations_clock_is_not_there(calling, agent) -> None:
    ticket = agent.ticket()

    refused(calling("bo").get(f"/api/tickets/{ticket['id']}/sla"), 404, "not_found")
