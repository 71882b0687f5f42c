"""`/api/rules`, `/api/rules/{id}` and `/api/rules/try` (contract.md)."""

from typing import Any

import pytest

from tests.api.callers import refused
from ticketdesk import unit_of_work
from ticketdesk.services import audit

RULES = "/api/rules"
RULE: dict[str, Any] = {
    "name": "Refunds",
    "triggers": ["TICKET_CREATED"],
    "conditions": {"all": [{"field": "subject", "operator": "CONTAINS", "value": "refund"}]},
    "actions": [
        {"type": "SET_PRIORITY", "priority": "URGENT"},
        {"type": "ADD_TAGS", "tags": ["refund"]},
    ],
}


def _make(admin, **values: Any) -> dict[str, Any]:
    made = admin.post(RULES, RULE | values)
    assert made.status_code == 201, made.text
    return made.json()["rule"]


def test_a_rule_acts_on_the_next_ticket_and_the_answer_shows_it(admin, agent) -> None:
    rule = _make(admin)

    ticket = agent.ticket(subject="I want a refund!")

    assert (ticket["priority"], ticket["tags"]) == ("URGENT", ["refund"])
    seen = admin.get(f"{RULES}/{rule['id']}").json()["rule"]
    assert (seen["runCount"], seen["isActive"], seen["position"]) == (1, True, 0)
    lines = agent.get(f"/api/tickets/{ticket['id']}/activities").json()["activities"]
    assert {
        (line["performedByName"], line["performedByKind"])
        for line in lines
        if line["activityType"] in ("PRIORITY_CHANGED", "TAG_ADDED")
    } == {("Refunds", "RULE")}
    (run,) = admin.get(f"{RULES}/{rule['id']}/runs").json()["runs"]
    assert run["ticketId"] == ticket["id"]
    assert run["words"] == "changed the priority from MEDIUM to URGENT; added the tag refund"


def test_operators_and_triggers_are_read_in_any_case(admin) -> None:
    rule = _make(
        admin,
        triggers=["ticket_created"],
        conditions={"all": [{"field": "subject", "operator": "contains", "value": "x"}]},
        actions=[{"type": "close"}],
    )

    assert rule["triggers"] == ["TICKET_CREATED"]
    assert rule["conditions"]["all"][0]["operator"] == "CONTAINS"
    assert rule["actions"][0]["type"] == "CLOSE"


def test_a_customer_sees_nothing_of_what_rules_did(admin, calling) -> None:
    _make(admin, actions=[{"type": "SET_STATUS", "status": "OPEN"}])
    ticket = admin.ticket(subject="refund", requesterEmail="jane@customer.example")

    lines = calling("jane").get(f"/api/tickets/{ticket['id']}/activities").json()["activities"]

    assert ticket["status"] == "OPEN"
    assert [line["activityType"] for line in lines] == ["CREATED"]


def test_a_patch_changes_only_what_it_names(admin, agent) -> None:
    rule = _make(admin)
    path = f"{RULES}/{rule['id']}"

    answer = admin.patch(path, {"isActive": False}, headers={"If-Match": '"1"'})

    changed = answer.json()["rule"]
    assert changed == rule | {
        "isActive": False, "version": 2, "updatedAt": changed["updatedAt"]
    }  # fmt: skip
    assert answer.headers["ETag"] == '"2"'
    assert agent.ticket(subject="refund")["tags"] == []
    refused(admin.patch(path, {"isActive": True}, headers={"If-Match": '"1"'}), 412, "stale")
    refused(admin.patch(path, {"actions": []}), 422, "validation_error", "actions")


def test_rules_are_put_in_order_and_deleted(admin) -> None:
    one, two = _make(admin, name="One"), _make(admin, name="Two")

    ordered = admin.request("PUT", f"{RULES}/order", json={"ruleIds": [two["id"], one["id"]]})

    assert [rule["name"] for rule in ordered.json()["rules"]] == ["Two", "One"]
    assert admin.delete(f"{RULES}/{one['id']}").status_code == 200
    assert [rule["name"] for rule in admin.get(RULES).json()["rules"]] == ["Two"]
    refused(admin.get(f"{RULES}/{one['id']}"), 404, "not_found")


def test_every_change_of_a_rule_is_in_the_audit_log(admin, cast) -> None:
    rule = _make(admin)
    admin.patch(f"{RULES}/{rule['id']}", {"name": "Money back"})
    admin.delete(f"{RULES}/{rule['id']}")

    lines = unit_of_work.as_actor(cast.ada, audit.list_entries, action="rule").items
    assert [line.action for line in lines] == ["rule.deleted", "rule.changed", "rule.created"]
    assert (lines[1].before["name"], lines[1].after["name"]) == ("Refunds", "Money back")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"triggers": []}, "triggers"),
        ({"triggers": ["FULL_MOON"]}, "triggers"),
        ({"triggers": ["TIME_PASSED"]}, ""),
        ({"passed": {"hours": 3}}, ""),
        ({"actions": []}, "actions"),
        ({"actions": [{"type": "EXPLODE"}]}, "actions"),
        ({"actions": [{"type": "SET_STATUS", "status": "SLEEPING"}]}, "actions"),
        ({"actions": [{"type": "NOTIFY", "to": ["nobody"]}]}, "actions"),
        ({"actions": [{"type": "ASSIGN_TO_AGENT", "agentId": "user_gone"}]}, "actions.0.agentId"),
        ({"actions": [{"type": "ASSIGN_ROUND_ROBIN", "teamId": "team_gone"}]}, "actions.0.teamId"),
        (
            {"actions": [{"type": "SEND_CANNED_RESPONSE", "cannedResponseId": "x"}]},
            "actions.0.cannedResponseId",
        ),
        ({"actions": [{"type": "SET_CUSTOM_FIELD", "key": "gone", "value": 1}]}, "actions.0.key"),
        (
            {"conditions": {"all": [{"field": "subject", "operator": "REGEX", "value": "(a+)+$"}]}},
            "conditions",
        ),
        (
            {"conditions": {"all": [{"field": "customFields.gone", "operator": "IS_SET"}]}},
            "conditions",
        ),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_rule_is_refused_by_field(admin, change: dict, field: str) -> None:
    error = refused(admin.post(RULES, RULE | change), 422, "validation_error")

    assert any(name.startswith(field) for name in error["fields"])
    assert admin.get(RULES).json()["rules"] == []


def test_only_admins_change_rules_and_only_staff_reads_them(agent, calling, admin) -> None:
    rule = _make(admin)

    refused(agent.post(RULES, RULE), 403, "forbidden")
    refused(agent.delete(f"{RULES}/{rule['id']}"), 403, "forbidden")
    assert agent.get(RULES).status_code == 200
    refused(calling("jane").get(RULES), 403, "forbidden")
    refused(calling("bo").get(f"{RULES}/{rule['id']}"), 404, "not_found")


def test_a_trial_tells_what_would_have_changed_and_saves_nothing(admin, agent) -> None:
    hit = agent.ticket(subject="Refund please")
    agent.ticket(subject="Something else")

    answer = admin.post(f"{RULES}/try", RULE).json()

    assert (answer["success"], answer["matched"], answer["lookedAt"]) == (True, 1, 2)
    (touched,) = answer["tickets"]
    assert touched["ticketId"] == hit["id"]
    assert touched["changes"] == [
        {"field": "priority", "before": "MEDIUM", "after": "URGENT"},
        {"field": "tags", "before": [], "after": ["refund"]},
    ]
    assert agent.get(f"/api/tickets/{hit['id']}").json()["ticket"]["priority"] == "MEDIUM"
    assert admin.get(RULES).json()["rules"] == []


def test_every_starter_rule_can_be_made_and_is_off(admin) -> None:
    starters = admin.get(f"{RULES}/starters").json()["starters"]

    assert len(starters) == 5
    for starter in starters:
        made = admin.post(RULES, starter["rule"])
        if starter["needs"]:
            refused(made, 422, "validation_error", "actions.0.cannedResponseId")
        else:
            assert made.json()["rule"]["isActive"] is False


def test_the_workload_shows_who_would_get_the_next_ticket(admin, agent, cast) -> None:
    for _ in range(2):
        agent.ticket(assignedToId="me")

    found = admin.get("/api/workload").json()["workload"]

    assert (found[0]["id"], found[0]["open"], found[0]["isFree"]) == (cast.grace.user_id, 2, True)
    assert {one["open"] for one in found[1:]} == {0}


def test_the_settings_show_the_rules_and_leave_their_change_to_this_address(admin, cast) -> None:
    path = "/api/organization/settings"
    rule = _make(admin)
    turn = _make(admin, name="Turn", actions=[{"type": "ASSIGN_ROUND_ROBIN"}])

    read = admin.get(path).json()["settings"]
    sent_back = admin.patch(path, read)
    changed = admin.patch(path, {"automationRules": []})

    assert [one["id"] for one in read["automationRules"]] == [rule["id"]]
    assert [one["id"] for one in read["assignmentRules"]] == [turn["id"]]
    assert sent_back.json()["settings"] == read
    refused(changed, 422, "validation_error", "automationRules")


def test_the_vocabulary_holds_everything_a_rule_may_say(admin) -> None:
    own = {"key": "plan", "label": "Plan", "kind": "select", "options": ["Free", "Gold"]}
    admin.patch("/api/organization/settings", {"embedConfig": {"customFields": [own]}})

    found = admin.get(f"{RULES}/vocabulary").json()["vocabulary"]

    fields = {field["name"]: field for field in found["fields"]}
    assert fields["customFields.plan"]["choices"] == ["Free", "Gold"]
    assert "CRITICAL" in fields["priority"]["choices"]
    assert {"SLA_BREACHED", "TIME_PASSED"} <= set(found["triggers"])
    assert {"WEBHOOK", "ASSIGN_LEAST_LOADED"} <= set(found["actions"])
    _make(
        admin,
        conditions={"all": [{"field": "customFields.plan", "operator": "IS", "value": "Gold"}]},
    )
