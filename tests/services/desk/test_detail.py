"""A ticket's screen: facts, timeline, changes, composing."""

import pytest

from tests.services.tickets.threads import row, ticket, write
from ticketdesk.errors import Conflict, Forbidden, Invalid, Malformed, NotFound
from ticketdesk.services import drafts, ticket_settings
from ticketdesk.services.desk import change, compose, detail, new_ticket
from ticketdesk.services.tickets import assign, merge


def shown(session, actor, reference, **options):
    return detail.open_ticket(
        session, actor, reference, **{"messages": 30, "seen": False} | options
    )


def test_the_timeline_tells_messages_notes_and_changes_in_order(session, grace, clock):
    one = ticket(session, grace)
    for step in (
        lambda: write(session, grace, one.id, "Hello Jane."),
        lambda: write(session, grace, one.id, "Looks like last week.", isInternal=True),
        lambda: assign.assign(session, grace, one.id, "me"),
        lambda: change.change(session, grace, one.id, "priority", "HIGH"),
    ):
        clock.shift(60)
        step()
    items = shown(session, grace, one.id).items
    assert [item["kind"] for item in items] == ["customer", "agent", "activity", "note", "activity"]
    assert [line["what"] for line in items[-1]["lines"]][-1] == (
        "changed the priority from Medium to High"
    )


def test_only_the_newest_messages_are_read_and_older_ones_are_counted(session, grace, clock):
    one = ticket(session, grace)
    for number in range(4):
        clock.shift(60)
        write(session, grace, one.id, f"Message {number}")
    page = shown(session, grace, one.id, messages=2)
    messages = [item for item in page.items if item["kind"] == "agent"]
    assert ["Message 2" in messages[0]["html"], "Message 3" in messages[1]["html"]] == [True, True]
    assert page.older


def test_a_merged_message_says_which_ticket_it_was_written_on(session, grace, clock):
    one, other = ticket(session, grace), ticket(session, grace, subject="The same again")
    clock.shift(60)
    write(session, grace, other.id, "On it.")
    merge.merge(session, grace, one.id, merge.MergeTickets(source_ticket_ids=[other.id]))
    origins = [item["origin"] for item in shown(session, grace, one.id).items if "html" in item]
    assert origins == ["", str(other.ticket_number), str(other.ticket_number)]


def test_markup_of_a_customer_cannot_run(session, grace):
    one = ticket(session, grace, description="<script>alert(1)</script><b onclick=x()>bold</b>")
    html = shown(session, grace, one.id).items[0]["html"]
    assert "<script" not in html
    assert "<b" not in html


def test_the_facts_offer_only_the_moves_that_are_allowed(session, grace):
    one = ticket(session, grace)
    write(session, grace, one.id, "Done.", statusChange="CLOSED")
    moves = shown(session, grace, one.id).facts["moves"]
    assert [(move["value"], move["label"]) for move in moves] == [
        ("OPEN", "Open"),
        ("CLOSED", "Closed"),
    ]


def test_the_requesters_other_tickets_are_beside_it(session, grace):
    one, other = ticket(session, grace), ticket(session, grace, subject="The other one")
    ticket(session, grace, requesterEmail="omar@customer.example")
    others = [found["number"] for found in shown(session, grace, one.id).others]
    assert other.ticket_number in others
    assert one.ticket_number not in others


def test_a_customer_and_another_organization_do_not_get_in(session, grace, jane, bo):
    one = ticket(session, grace)
    with pytest.raises(Forbidden):
        shown(session, jane, one.id)
    with pytest.raises(NotFound):
        shown(session, bo, one.id)


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("priority", "URGENT", ("priority", "URGENT")),
        ("status", "IN_PROGRESS", ("status", "IN_PROGRESS")),
        ("category", "Billing", ("category", "Billing")),
        ("category", "", ("category", None)),
        ("tags", ["vip"], ("tags", ["vip"])),
    ],
)
def test_one_fact_is_changed_and_can_be_taken_back(session, grace, field, value, stored):
    one = ticket(session, grace)
    before = getattr(row(session, one.id), stored[0])
    done = change.change(session, grace, one.id, field, value)
    assert getattr(row(session, one.id), stored[0]) == stored[1]
    if field != "status":
        change.change(session, grace, one.id, field, done.before)
        assert getattr(row(session, one.id), stored[0]) == before


def test_a_fact_that_does_not_exist_and_a_value_that_does_not_are_refused(session, grace):
    one = ticket(session, grace)
    with pytest.raises(Malformed):
        change.change(session, grace, one.id, "organizationId", "x")
    with pytest.raises(Invalid):
        change.change(session, grace, one.id, "priority", "HUGE")


def test_a_draft_comes_back_and_goes_with_the_message(session, grace, linus):
    one = ticket(session, grace)
    compose.save(session, grace, one.id, "reply", "<p>Dear Ja</p>")
    assert shown(session, grace, one.id).reply == "<p>Dear Ja</p>"
    assert shown(session, linus, one.id).reply == ""
    compose.send(session, grace, one.id, "reply", "Dear Jane", latest=None, anyway=False)
    assert shown(session, grace, one.id).reply == ""


def test_a_reply_stops_when_somebody_wrote_meanwhile_and_goes_when_told_to(session, grace, linus):
    one = ticket(session, grace)
    latest = write(session, grace, one.id, "First.").id
    write(session, linus, one.id, "Second.")
    send = {"latest": latest}
    with pytest.raises(Conflict) as stopped:
        compose.send(session, grace, one.id, "reply", "Third.", anyway=False, **send)
    assert stopped.value.code == "newer_message"
    compose.send(session, grace, one.id, "reply", "Third.", anyway=True, **send)
    assert "Third." in shown(session, grace, one.id).items[-1]["html"]


def test_send_and_close_closes_and_does_so_again_on_a_closed_ticket(session, grace):
    one = ticket(session, grace)
    for words in ("Done.", "And thanks."):
        compose.send(
            session, grace, one.id, "reply", words, then="CLOSED", latest=None, anyway=True
        )
        assert row(session, one.id).status == "CLOSED"


def test_a_new_ticket_names_each_wrong_field_and_keeps_the_draft(session, grace):
    values = {"requesterName": "Jane", "requesterEmail": "nowhere", "subject": "", "tags": []}
    new_ticket.save(session, grace, values)
    with pytest.raises(Invalid) as refused:
        new_ticket.submit(session, grace, values)
    assert set(refused.value.fields) == {"requesterEmail", "subject", "description"}
    assert new_ticket.begin(session, grace).draft["requesterName"] == "Jane"


def test_a_new_ticket_takes_everything_the_form_has(session, ada, grace):
    ask(session, ada, {"key": "serial", "label": "Serial number"})
    values = {
        "requesterName": "Jane Smith",
        "requesterEmail": "jane@customer.example",
        "subject": "Printer",
        "description": "<p>It prints <b>blank</b> pages.</p><script>alert(1)</script>",
        "priority": "HIGH",
        "category": "Technical",
        "tags": ["printer"],
        "assign": "on",
        "cc": ["omar@customer.example"],
        "field.serial": "P4-77",
    }
    made = row(session, new_ticket.submit(session, grace, values).id)
    assert (made.priority, made.category, made.tags) == ("HIGH", "Technical", ["printer"])
    assert (made.assigned_to_id, made.source) == (grace.user_id, "MANUAL")
    assert made.custom_fields == {"serial": "P4-77"}
    assert made.cc == ["omar@customer.example"]
    assert made.description == "<p>It prints <b>blank</b> pages.</p>"
    assert made.description_text == "It prints blank pages."
    assert new_ticket.begin(session, grace).draft == {}


def ask(session, ada, *fields):
    ticket_settings.change(session, ada, {"embedConfig": {"customFields": list(fields)}})


def test_a_question_with_a_condition_is_required_only_while_it_is_asked(session, ada, grace):
    ask(
        session,
        ada,
        {"key": "product", "label": "Product", "kind": "select", "options": ["Hub", "Scan"]},
        {
            "key": "serial",
            "label": "Serial number",
            "required": True,
            "public": False,
            "showWhen": {"product": ["Hub"]},
        },
        {"key": "pieces", "label": "Pieces", "kind": "number"},
        {"key": "urgent", "label": "Urgent", "kind": "checkbox"},
    )
    values = {
        "requesterName": "Jane Smith",
        "requesterEmail": "jane@customer.example",
        "subject": "Hub",
        "description": "<p>It blinks.</p>",
        "field.product": "Hub",
        "field.pieces": "many",
    }
    with pytest.raises(Invalid) as refused:
        new_ticket.submit(session, grace, values)
    assert set(refused.value.fields) == {"field.serial", "field.pieces"}
    answered = {"field.product": "Scan", "field.pieces": "3", "field.serial": "x"}
    made = new_ticket.submit(session, grace, values | answered | {"field.urgent": "on"})
    stored = row(session, made.id).custom_fields
    assert stored == {"product": "Scan", "pieces": "3", "urgent": True}


def test_all_that_is_wrong_in_a_new_ticket_is_told_at_once(session, ada, grace):
    ask(session, ada, {"key": "serial", "label": "Serial number", "required": True})
    with pytest.raises(Invalid) as refused:
        new_ticket.submit(session, grace, {"requesterEmail": "nowhere", "subject": "Hub"})
    wrong = set(refused.value.fields)
    assert {"requesterName", "requesterEmail", "description", "field.serial"} <= wrong


def test_while_one_types_the_requesters_tickets_and_likely_doubles_show(session, grace):
    old = ticket(session, grace, subject="Scanner prints blank labels")
    other = ticket(session, grace, subject="Blank labels again", requesterEmail="zoe@quill.example")
    known = new_ticket.know(session, grace, "jane@customer.example", "Labels are blank")
    assert known.recent[0]["number"] == old.ticket_number
    assert [line["number"] for line in known.alike] == [other.ticket_number]


def test_a_draft_from_before_the_editor_shows_its_lines(session, grace):
    drafts.save(session, grace, "ticket:new", {"description": "One\nTwo <b>"})
    assert new_ticket.begin(session, grace).draft["description"] == "<p>One<br>Two &lt;b&gt;</p>"


def test_people_who_wrote_before_are_suggested(session, grace):
    ticket(session, grace, requesterName="Zoë Quill", requesterEmail="zoe@quill.example")
    assert {"email": "zoe@quill.example", "name": "Zoë Quill"} in new_ticket.suggest(
        session, grace, "zoe"
    )
