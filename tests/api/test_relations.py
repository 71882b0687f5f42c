"""Links, merges and splits over HTTP."""

from tests.api.callers import refused


def test_tickets_are_linked_seen_from_both_and_unlinked(agent) -> None:
    lamp, bulb = agent.ticket(subject="Lamp"), agent.ticket(subject="Bulb")
    body = {"ticketId": bulb["id"], "kind": "CHILD"}

    made = agent.post(f"/api/tickets/{lamp['id']}/links", body)

    assert made.status_code == 201
    assert made.json()["link"]["ticketNumber"] == bulb["ticketNumber"]
    (back,) = agent.get(f"/api/tickets/{bulb['id']}/links").json()["links"]
    assert (back["ticketId"], back["kind"]) == (lamp["id"], "PARENT")
    link = made.json()["link"]
    assert agent.delete(f"/api/tickets/{lamp['id']}/links/{link['id']}").status_code == 200
    assert agent.get(f"/api/tickets/{bulb['id']}/links").json()["links"] == []


def test_a_link_is_removed_by_naming_the_other_ticket(agent, stranger) -> None:
    lamp, bulb, apart = agent.ticket(), agent.ticket(), agent.ticket()
    path = f"/api/tickets/{lamp['id']}/links"
    agent.post(path, {"ticketId": bulb["id"], "kind": "DUPLICATE"})

    refused(agent.delete(f"{path}?ticketId={apart['id']}"), 404, "not_found")
    refused(stranger.delete(f"{path}?ticketId={bulb['id']}"), 404, "not_found")
    refused(agent.delete(path), 422, "validation_error", "ticketId")
    assert agent.delete(f"{path}?ticketId={bulb['ticketNumber']}").status_code == 200
    assert agent.get(path).json()["links"] == []
    made = {"ticketId": bulb["id"], "kind": "PARENT"}
    agent.post(path, made)
    assert agent.request("DELETE", path, json=made).status_code == 200
    assert agent.get(path).json()["links"] == []


def test_a_merge_closes_the_source_and_can_be_undone(agent) -> None:
    target, source = agent.ticket(subject="Lamp"), agent.ticket(subject="Lamp again")
    agent.reply(source, "Said on the source")

    done = agent.post(
        f"/api/tickets/{target['id']}/merge", {"sourceTicketIds": [source["id"]]}
    ).json()

    assert done["ticket"]["id"] == target["id"]
    merged = agent.get(f"/api/tickets/{source['id']}").json()["ticket"]
    assert (merged["status"], merged["mergedIntoId"]) == ("CLOSED", target["id"])
    undo = agent.post(f"/api/tickets/{target['id']}/merge/{done['merge']['id']}/undo")
    assert undo.json()["merge"]["undoneAt"]
    assert agent.get(f"/api/tickets/{source['id']}").json()["ticket"]["mergedIntoId"] is None


def test_a_ticket_is_not_merged_into_itself_or_across_organizations(agent, stranger) -> None:
    mine, theirs = agent.ticket(), stranger.ticket()
    path = f"/api/tickets/{mine['id']}/merge"

    assert agent.post(path, {"sourceTicketIds": [mine["id"]]}).status_code in (409, 422)
    refused(agent.post(path, {"sourceTicketIds": [theirs["id"]]}), 404, "not_found")
    refused(agent.post(path, {"sourceTicketIds": []}), 422, "validation_error", "sourceTicketIds")


def test_a_split_moves_messages_to_a_new_ticket_and_can_be_undone(agent) -> None:
    ticket = agent.ticket()
    kept = agent.reply(ticket, "About the lamp")["response"]
    moved = agent.reply(ticket, "About the bill")["response"]
    path = f"/api/tickets/{ticket['id']}"

    done = agent.post(f"{path}/split", {"responseIds": [moved["id"]], "subject": "Bill"}).json()

    assert done["ticket"]["subject"] == "Bill"
    assert [r["id"] for r in agent.get(f"{path}/responses").json()["responses"]] == [kept["id"]]
    assert agent.post(f"{path}/split/{done['split']['id']}/undo").status_code == 200
    assert len(agent.get(f"{path}/responses").json()["responses"]) == 2
