"""What customers do in the portal: answer, close, ask anew."""

import re

import pytest
from sqlmodel import Session, select

from tests.public.portal_visits import OURS, links_sent, signed_in, ticket, visitor
from ticketdesk import unit_of_work
from ticketdesk.models import Ticket
from ticketdesk.services import ticket_settings

__all__ = ["signed_in", "ticket", "visitor"]


async def test_an_answer_with_a_file_reaches_the_desk(
    signed_in, ticket, jane, grace, tmp_path
) -> None:
    client = signed_in(jane)
    path = f"/portal/tickets/{ticket.ticket_number}"

    answer = await client.post(
        path,
        data={"do": "answer", "content": "Here is a picture"},
        files={"file": ("lamp.txt", b"a lamp", "text/plain")},
        headers=OURS,
    )
    page = await client.get(answer.headers["Location"])
    file = re.search(rf'href="({path}/files/file_\w+)"', page.text)

    assert answer.status_code == 303
    assert "Here is a picture" in page.text
    assert "Your answer is on its way." in page.text
    assert file
    led = await client.get(file.group(1))
    assert led.status_code == 302
    assert "lamp.txt" in page.text


async def test_a_ticket_is_closed_and_opened_again(signed_in, ticket, jane) -> None:
    client = signed_in(jane)
    path = f"/portal/tickets/{ticket.ticket_number}"

    closed = await client.post(path, data={"do": "close"}, headers=OURS)
    assert "The ticket is closed" in (await client.get(closed.headers["Location"])).text
    opened = await client.post(path, data={"do": "reopen"}, headers=OURS)
    assert "open again" in (await client.get(opened.headers["Location"])).text


async def test_an_empty_answer_is_refused_beside_its_field(signed_in, ticket, jane) -> None:
    path = f"/portal/tickets/{ticket.ticket_number}"

    page = await signed_in(jane).post(path, data={"content": "  "}, headers=OURS)

    assert page.status_code == 422
    assert "Please fill this in." in page.text


async def test_a_new_ticket_asks_what_the_form_asks(signed_in, jane, ada, database) -> None:
    fields = [{"key": "order", "label": "Order number", "required": True}]
    unit_of_work.as_actor(ada, ticket_settings.change, {"embedConfig": {"customFields": fields}})
    client = signed_in(jane)

    form = await client.get("/portal/tickets/new")
    data = {"subject": "A bulb", "description": "Broken."}
    refused = await client.post("/portal/tickets/new", data=data, headers=OURS)
    made = await client.post(
        "/portal/tickets/new", data={**data, "customFields.order": "17"}, headers=OURS
    )

    assert "Order number" in form.text
    assert 'name="requesterEmail"' not in form.text
    assert refused.status_code == 422
    assert 'value="A bulb"' in refused.text

    def read(session: Session) -> Ticket:
        return session.exec(select(Ticket)).one()

    row = unit_of_work.across(read)
    assert made.headers["Location"] == f"/portal/tickets/{row.ticket_number}?done=made"
    assert (row.source, row.requester_email) == ("PORTAL", "jane@customer.example")
    assert row.custom_fields == {"order": "17"}


async def test_nobody_asks_in_anothers_name(signed_in, jane, database) -> None:
    data = {
        "subject": "x", "description": "x", "requesterEmail": "omar@customer.example",
        "assignedToId": "me", "customFields.other": "x",
    }  # fmt: skip
    await signed_in(jane).post("/portal/tickets/new", data=data, headers=OURS)

    def read(session: Session) -> Ticket:
        return session.exec(select(Ticket)).one()

    row = unit_of_work.across(read)
    assert (row.requester_email, row.assigned_to_id, row.custom_fields) == (
        "jane@customer.example", None, {},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/portal/sign-in", {"email": "jane@customer.example", "do": "link"}),
        ("/portal/link/tdl_x", {}),
        ("/portal/sign-out", {}),
        ("/portal/tickets/new", {"subject": "x", "description": "x"}),
        ("/portal/tickets/1001", {"do": "close"}),
    ],
)
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_a_form_on_another_site_does_nothing(
    signed_in, ticket, jane, path, data, origin
) -> None:
    answer = await signed_in(jane).post(path, data=data, headers={"Origin": origin})

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert links_sent() == []
