"""Creating, reading, changing and deleting tickets over HTTP."""

import pytest

from tests.api.callers import refused, ticket_body

# The specification's own example, with the organization, people and chat of the cast.
SPEC_EXAMPLE = {
    "organizationId": "acme",
    "requesterName": "John Doe",
    "requesterEmail": "john@example.com",
    "subject": "Cannot access billing dashboard",
    "description": "Customer called and reported they can't access the billing section...",
    "priority": "HIGH",
    "category": "Technical",
    "tags": ["billing", "access-issue"],
    "customFields": {"source": "phone", "accountNumber": "12345"},
    "originChatId": None,
}


def test_the_specifications_example_is_answered_as_it_says(agent, cast) -> None:
    body = SPEC_EXAMPLE | {"requesterId": cast.jane.user_id, "assignedToId": cast.linus.user_id}

    answer = agent.post("/api/tickets", body)

    ticket = answer.json()["ticket"]
    assert answer.status_code == 201
    assert answer.json()["success"] is True
    assert ticket["id"].startswith("ticket_")
    assert ticket["ticketNumber"] == 1001
    assert ticket["subject"] == "Cannot access billing dashboard"
    assert ticket["status"] == "NEW"
    assert ticket["priority"] == "HIGH"
    assert ticket["assignedToId"] == cast.linus.user_id
    assert ticket["viewUrl"] == f"/app/tickets/{ticket['id']}"
    assert answer.headers["Location"] == f"/api/tickets/{ticket['id']}"
    assert answer.headers["ETag"] == '"1"'


def test_a_ticket_has_every_field_of_the_contract(agent) -> None:
    ticket = agent.ticket()

    assert set(ticket) >= {
        "id", "ticketNumber", "organizationId", "subject", "description", "descriptionFormat",
        "status", "priority", "category", "tags", "customFields", "requesterId", "requesterName",
        "requesterEmail", "assignedToId", "assignedAt", "source", "originChatId", "linkedChatIds",
        "metadata", "firstResponseAt", "firstResponseSla", "resolutionSla", "resolvedAt",
        "closedAt", "createdAt", "updatedAt", "version", "viewUrl",
    }  # fmt: skip
    assert ticket["createdAt"].endswith("Z")


@pytest.mark.parametrize("reference", ["acme", None, "id"])
def test_the_organization_is_given_by_id_by_slug_or_not_at_all(agent, cast, reference) -> None:
    organization = cast.acme if reference == "id" else reference

    assert agent.ticket(organizationId=organization)["organizationId"] == cast.acme


def test_another_organization_is_not_found(agent, cast) -> None:
    for reference in ("globex", cast.globex, "nowhere"):
        answer = agent.post("/api/tickets", ticket_body(organizationId=reference))
        refused(answer, 404, "not_found")


def test_a_ticket_is_read_by_id_and_by_number(agent) -> None:
    ticket = agent.ticket()

    by_id = agent.get(f"/api/tickets/{ticket['id']}")
    by_number = agent.get(f"/api/tickets/{ticket['ticketNumber']}")

    assert by_id.json()["ticket"] == by_number.json()["ticket"] == ticket
    assert by_id.headers["ETag"] == '"1"'


def test_an_unchanged_ticket_is_not_sent_twice(agent) -> None:
    ticket = agent.ticket()

    answer = agent.get(f"/api/tickets/{ticket['id']}", headers={"If-None-Match": '"1"'})

    assert answer.status_code == 304
    assert answer.content == b""


@pytest.mark.parametrize(
    "reference", ["ticket_missing", "999999", "0", "99999999999999999999", "ticket_%00", "a b", "ü"]
)
def test_what_is_missing_and_what_cannot_be_are_both_404(agent, reference: str) -> None:
    refused(agent.get(f"/api/tickets/{reference}"), 404, "not_found")


def test_another_organizations_ticket_is_missing_in_every_way(agent, stranger) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}"

    for answer in (
        stranger.get(path),
        stranger.patch(path, {"priority": "LOW"}),
        stranger.delete(path),
        stranger.post(f"{path}/assign", {"assignedToId": None}),
        stranger.patch(f"{path}/status", {"status": "CLOSED"}),
        stranger.post(f"{path}/responses", {"content": "Hello"}),
        stranger.get(f"{path}/responses"),
        stranger.get(f"{path}/activities"),
    ):
        refused(answer, 404, "not_found")


def test_a_patch_changes_what_is_given_and_nothing_else(agent) -> None:
    ticket = agent.ticket(tags=["billing"], category="Technical")

    answer = agent.patch(f"/api/tickets/{ticket['id']}", {"priority": "URGENT", "category": None})

    changed = answer.json()["ticket"]
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"2"'
    assert (changed["priority"], changed["category"]) == ("URGENT", None)
    assert (changed["tags"], changed["subject"]) == (["billing"], ticket["subject"])


def test_a_patch_that_changes_nothing_counts_no_version(agent) -> None:
    ticket = agent.ticket(priority="LOW")

    answer = agent.patch(f"/api/tickets/{ticket['id']}", {"priority": "LOW"})

    assert answer.json()["ticket"]["version"] == 1


def test_a_stale_if_match_is_refused_and_says_what_changed_and_by_whom(agent, calling) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}"
    calling("linus").patch(path, {"priority": "URGENT"})

    answer = agent.patch(path, {"priority": "LOW"}, headers={"If-Match": '"1"'})

    error = refused(answer, 412, "stale")
    assert error["version"] == 2
    assert error["changedBy"] == "Linus Torvalds"
    assert error["changes"] == {"priority": {"before": "MEDIUM", "after": "URGENT"}}


def test_a_stale_version_in_the_body_is_a_conflict_that_says_the_same(agent, calling) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}"
    calling("linus").patch(path, {"priority": "URGENT"})

    error = refused(agent.patch(path, {"priority": "LOW", "version": 1}), 409, "stale")

    assert error["changedBy"] == "Linus Torvalds"
    assert agent.get(path).json()["ticket"]["priority"] == "URGENT"


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', "*"])
def test_a_fresh_if_match_lets_a_write_through(agent, tag: str) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}"

    answer = agent.patch(path, {"priority": "LOW"}, headers={"If-Match": tag})

    assert answer.status_code == 200


def test_every_write_on_a_ticket_heeds_if_match(agent, admin) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}"
    old = {"headers": {"If-Match": '"7"'}}

    for answer in (
        agent.post(f"{path}/assign", {"assignedToId": "me"}, **old),
        agent.patch(f"{path}/status", {"status": "OPEN"}, **old),
        agent.post(f"{path}/responses", {"content": "Hello"}, **old),
        admin.delete(path, **old),
    ):
        refused(answer, 412, "stale")


def test_an_if_match_that_is_no_tag_is_malformed(agent) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}"

    answer = agent.patch(path, {"priority": "LOW"}, headers={"If-Match": "3"})

    refused(answer, 400, "malformed")


def test_an_admin_deletes_a_ticket_for_good(agent, admin) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}"

    answer = admin.delete(path)

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    refused(agent.get(path), 404, "not_found")


def test_an_agent_does_not_delete(agent) -> None:
    refused(agent.delete(f"/api/tickets/{agent.ticket()['id']}"), 403, "forbidden")


def test_a_read_key_reads_and_does_not_write(agent, with_key) -> None:
    path = f"/api/tickets/{agent.ticket()['id']}"
    reader = with_key("read")

    assert reader.get(path).status_code == 200
    refused(reader.patch(path, {"priority": "LOW"}), 403, "forbidden")
    refused(reader.post("/api/tickets", ticket_body()), 403, "forbidden")


def test_a_key_opens_tickets_from_the_api(with_key) -> None:
    assert with_key("write").ticket()["source"] == "API"
