"""What a customer's token sees and does: what the portal would show (semantics.md, Access)."""

import json

import pytest

from tests.api.callers import refused, ticket_body

SECRETS = ("vip", "Internal words", "linus@acme.example", "grace@acme.example", "omar@")


def _janes_ticket(agent) -> dict:
    ticket = agent.ticket(
        requesterEmail="jane@customer.example",
        requesterName="Jane Doe",
        tags=["vip"],
        cc=["omar@customer.example"],
        assignedToId="me",
        customFields={"note": "Internal words"},
    )
    agent.reply(ticket, "Internal words", isInternal=True)
    agent.reply(ticket, "A public answer.")
    return ticket


def test_customers_see_their_own_tickets_only(agent, customer) -> None:
    mine = _janes_ticket(agent)
    other = agent.ticket(requesterEmail="omar@customer.example")

    listed = customer.get("/api/tickets").json()

    assert [ticket["id"] for ticket in listed["tickets"]] == [mine["id"]]
    assert listed["total"] == 1
    refused(customer.get(f"/api/tickets/{other['id']}"), 404, "not_found")


def test_nothing_internal_reaches_a_customer_by_any_route(agent, customer) -> None:
    path = f"/api/tickets/{_janes_ticket(agent)['id']}"

    for address in (path, f"{path}/responses", f"{path}/activities", "/api/tickets"):
        text = customer.get(address).text
        assert not [secret for secret in SECRETS if secret in text], (address, text)


def test_a_customers_search_does_not_look_into_notes(agent, customer) -> None:
    _janes_ticket(agent)

    assert customer.get("/api/tickets?q=public").json()["total"] == 1
    assert customer.get('/api/tickets?q="Internal words"').json()["total"] == 0


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("tag=vip", "tag"),
        ("assignedToId=none", "assignedToId"),
        ("sla=breached", "sla"),
        ("sort=-sla", "sort"),
        ("q=tag:vip", "q"),
        ("q=-assignee:grace", "q"),
        ("q=sla:breached", "q"),
        ("q=is:unassigned", "q"),
    ],
)
def test_customers_cannot_ask_by_a_filter_for_what_they_may_not_see(
    query: str, named: str, agent, customer
) -> None:
    _janes_ticket(agent)

    error = refused(customer.get(f"/api/tickets?{query}"), 422, "validation_error")

    assert list(error["fields"]) == [named]


def test_customers_filter_by_what_they_see(agent, customer) -> None:
    _janes_ticket(agent)

    listed = customer.get("/api/tickets?status=OPEN&sort=-priority&q=created:<1d")

    assert listed.json()["total"] == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("vip", 0),
        ("-vip", 1),
        ("bill", 1),
        ('"billing dashboard"', 1),
        ("white -dashboard", 0),
        ("jane@customer.example", 1),
        ("customer", 1),
        ("public", 1),
        ("-public", 0),
        ("-Internal", 1),
    ],
)
def test_a_customers_words_are_looked_for_in_what_they_see(
    words: str, found: int, agent, customer
) -> None:
    _janes_ticket(agent)

    assert customer.get("/api/tickets", params={"q": words}).json()["total"] == found


def test_customers_open_tickets_for_themselves_whatever_they_say(customer, cast) -> None:
    answer = customer.post(
        "/api/tickets",
        ticket_body(
            requesterEmail="omar@customer.example",
            requesterName="Omar",
            requesterId=cast.omar.user_id,
            assignedToId=cast.grace.user_id,
            tags=["vip"],
        ),
    )

    ticket = answer.json()["ticket"]
    assert answer.status_code == 201
    assert ticket["requesterEmail"] == "jane@customer.example"
    assert ticket["requesterId"] == cast.jane.user_id
    assert ticket["source"] == "PORTAL"
    assert json.dumps(ticket).count("grace") == 0


def test_customers_reply_close_and_reopen(agent, customer) -> None:
    ticket = _janes_ticket(agent)
    path = f"/api/tickets/{ticket['id']}"

    assert customer.reply(ticket, "Thank you!")["response"]["authorType"] == "CUSTOMER"
    assert customer.patch(f"{path}/status", {"status": "CLOSED"}).status_code == 200
    assert customer.patch(f"{path}/status", {"status": "OPEN"}).status_code == 200


def test_customers_do_nothing_else(agent, customer, cast) -> None:
    ticket = _janes_ticket(agent)
    path = f"/api/tickets/{ticket['id']}"

    for answer in (
        customer.patch(path, {"priority": "URGENT"}),
        customer.delete(path),
        customer.post(f"{path}/assign", {"assignedToId": "me"}),
        customer.patch(f"{path}/status", {"status": "IN_PROGRESS"}),
        customer.post(f"{path}/responses", {"content": "x", "isInternal": True}),
        customer.post(f"{path}/responses", {"content": "x", "statusChange": "CLOSED"}),
        customer.post(f"{path}/responses", {"content": "x", "cc": ["a@b.example"]}),
        customer.get("/api/users?search=a"),
        customer.get("/api/tickets/stats"),
        customer.get("/api/tickets/export"),
        customer.get("/api/organization/settings"),
        customer.patch("/api/organization/settings", {"enabled": False}),
        customer.get("/api/api-keys"),
        customer.post("/api/api-keys", {"name": "x", "scopes": ["admin"]}),
        customer.get("/api/events"),
    ):
        refused(answer, 403, "forbidden")


def test_a_message_to_a_closed_ticket_becomes_a_new_one(agent, customer) -> None:
    ticket = _janes_ticket(agent)
    agent.patch(f"/api/tickets/{ticket['id']}/status", {"status": "CLOSED"})

    made = customer.reply(ticket, "It is back.")

    assert made["response"] is None
    assert made["ticket"]["ticketNumber"] == ticket["ticketNumber"] + 1
