"""Policies and holidays over the API."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.api.callers import refused

POLICIES = "/api/sla/policies"


POLICY: dict[str, Any] = {
    "name": "Gold",
    "conditions": {"any": [{"field": "tags", "operator": "CONTAINS", "value": "vip"}]},
    "firstResponse": 30,
    "resolution": {"medium": 120},
    "warnPercent": 50,
}


def _file(*lines: str) -> bytes:
    text = "\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""))
    return text.encode()


def _send(caller, content: bytes, kind: str = "text/calendar"):
    return caller.request(
        "POST", "/api/sla/holidays/ical", content=content, headers={"Content-Type": kind}
    )


def test_policies_are_tried_in_the_admins_order(admin) -> None:
    first = admin.post(POLICIES, POLICY).json()["policy"]
    second = admin.post(POLICIES, POLICY | {"name": "Platinum", "firstResponse": 5}).json()[
        "policy"
    ]
    due = [admin.ticket(tags=["vip"])["firstResponseSla"]]
    order = admin.request(
        "PUT", f"{POLICIES}/order", json={"policyIds": [second["id"], first["id"]]}
    )
    due.append(admin.ticket(tags=["vip"])["firstResponseSla"])

    assert [one["name"] for one in order.json()["policies"]] == ["Platinum", "Gold"]
    assert datetime.fromisoformat(due[0]) - datetime.fromisoformat(due[1]) > timedelta(minutes=20)


def test_a_tag_brings_a_ticket_under_another_policy(admin) -> None:
    admin.post(POLICIES, POLICY)
    ticket = admin.ticket()

    changed = admin.patch(f"/api/tickets/{ticket['id']}", {"tags": ["vip"]}).json()["ticket"]

    begun = datetime.fromisoformat(ticket["createdAt"])
    assert datetime.fromisoformat(changed["resolutionSla"]) - begun == timedelta(minutes=120)


def test_a_policy_changes_by_version_and_goes(admin) -> None:
    policy = admin.post(POLICIES, POLICY).json()["policy"]
    path = f"{POLICIES}/{policy['id']}"

    changed = admin.request(
        "PUT", path, json=POLICY | {"name": "Golden"}, headers={"If-Match": '"1"'}
    )
    stale = admin.request("PUT", path, json=POLICY, headers={"If-Match": '"1"'})

    assert changed.json()["policy"]["name"] == "Golden"
    refused(stale, 412, "stale")
    assert admin.delete(path).status_code == 200
    refused(admin.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"firstResponse": 0}, "firstResponse"),
        (
            {"conditions": {"all": [{"field": "shoe", "operator": "IS", "value": "x"}]}},
            "conditions",
        ),
        ({"hours": "OWN"}, ""),
        (
            {
                "escalations": [
                    {"id": "x", "actions": [{"type": "ASSIGN_TO_AGENT", "agentId": "user_gone"}]}
                ]
            },
            "actions.0.agentId",
        ),
    ],
)
def test_a_wrong_policy_is_refused(admin, change: dict, field: str) -> None:
    error = refused(admin.post(POLICIES, POLICY | change), 422, "validation_error")

    assert not field or any(name.startswith(field) for name in error["fields"])


def test_only_admins_make_policies(agent) -> None:
    refused(agent.post(POLICIES, POLICY), 403, "forbidden")


def test_named_holidays_are_listed(agent) -> None:
    sets = agent.get("/api/sla/holiday-sets").json()["holidaySets"]
    days = agent.get("/api/sla/holidays?set=DE-BY&year=2026").json()["holidays"]

    assert "BY" in next(one for one in sets if one["code"] == "DE")["parts"]
    assert {"day": "2026-01-06", "name": "Epiphany"} in days
    refused(agent.get("/api/sla/holidays?set=XX&year=2026"), 422, "validation_error", "set")


def test_a_calendar_file_gives_its_days_off(admin) -> None:
    answer = _send(
        admin,
        _file(
            "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261226",
            "SUMMARY:Office closed", "END:VEVENT",
        ),
    )  # fmt: skip

    assert answer.json()["holidays"] == [
        {"day": "2026-12-24", "name": "Office closed"},
        {"day": "2026-12-25", "name": "Office closed"},
    ]


def test_bad_calendar_files_are_refused(admin, agent) -> None:
    refused(_send(admin, b"%PDF-1.7"), 422, "validation_error", "file")
    refused(_send(admin, b"x" * (10 * 1024 * 1024 + 1)), 413, "too_large")
    refused(_send(admin, _file(), "application/pdf"), 415, "unsupported_kind")
    refused(_send(agent, _file()), 403, "forbidden")
