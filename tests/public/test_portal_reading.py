"""What customers read in the portal, and what they do not."""

import re

from sqlmodel import Session

from tests.public.portal_visits import OURS, change_user, signed_in, ticket, visitor
from ticketdesk import clock, unit_of_work
from ticketdesk.models import Ticket
from ticketdesk.models.enums import TicketStatus
from ticketdesk.services import ticket_settings
from ticketdesk.services.paging import encode_cursor
from ticketdesk.services.tickets.commands import AddResponse, ChangeStatus, CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.respond import respond
from ticketdesk.services.tickets.status import change_status

__all__ = ["signed_in", "ticket", "visitor"]


async def test_a_customer_sees_only_what_is_theirs(signed_in, ticket, omar) -> None:
    client = signed_in(omar)

    page = await client.get("/portal")
    path = f"/portal/tickets/{ticket.ticket_number}"

    assert "My lamp" not in page.text
    for answer in (
        await client.get(path),
        await client.post(path, data={"content": "Hi"}, headers=OURS),
        await client.get(path + "/files/file_1"),
        await client.get("/portal/tickets/999999999"),
        await client.get("/portal/tickets/99999999999999999999999999"),
    ):
        assert answer.status_code == 404
        assert "There is nothing here" in answer.text


async def test_the_manager_of_a_company_sees_its_tickets(signed_in, ticket, omar) -> None:
    change_user("jane@customer.example", company="Customer Ltd")
    change_user("omar@customer.example", company="Customer Ltd", manages_company=True)
    client = signed_in(omar)

    page = await client.get("/portal")
    thread = await client.get(f"/portal/tickets/{ticket.ticket_number}")

    assert "Requests of Customer Ltd" in page.text
    assert "by Jane Doe" in page.text
    assert "It is dark." in thread.text
    assert "jane@customer.example" not in thread.text + page.text


async def test_notes_rules_and_addresses_stay_inside(signed_in, ticket, grace, jane) -> None:
    for content, inside in (("Try the switch.", False), ("A difficult one.", True)):
        command = AddResponse(content=content, is_internal=inside)
        unit_of_work.as_actor(grace, respond, ticket.id, command)

    page = await signed_in(jane).get(f"/portal/tickets/{ticket.ticket_number}")

    assert "Try the switch." in page.text
    assert "difficult" not in page.text
    assert "grace@acme.example" not in page.text


async def test_the_search_looks_into_nothing_that_is_the_desks_own(
    signed_in, ticket, grace, jane
) -> None:
    def tag(session: Session, actor) -> None:
        row = session.get_one(Ticket, ticket.id)
        row.tags = ["vip"]
        session.add(row)

    unit_of_work.as_actor(grace, tag)
    note = AddResponse(content="churn", is_internal=True)
    unit_of_work.as_actor(grace, respond, ticket.id, note)
    client = signed_in(jane)

    async def finds(words: str) -> bool:
        return "My lamp" in (await client.get("/portal", params={"q": words})).text

    found = ("lamp", "DARK", "#1001", str(ticket.ticket_number))
    missed = ("vip", "churn", "tag:vip", "%", "_", "\x00")
    assert [await finds(words) for words in found] == [
        True, True, ticket.ticket_number == 1001, True,
    ]  # fmt: skip
    assert [await finds(words) for words in missed] == [False] * 5 + [True]


async def test_the_list_is_narrowed_and_goes_on(signed_in, jane, grace, database) -> None:
    for number in range(22):
        command = CreateTicket(
            requester_name="Jane",
            requester_email="jane@customer.example",
            subject=f"Matter {number:02}",
            description="x",
        )
        made = unit_of_work.as_actor(jane, create, command)
    moved = ChangeStatus(status=TicketStatus.WAITING_ON_CUSTOMER)
    unit_of_work.as_actor(grace, change_status, made.id, moved)
    client = signed_in(jane)

    first = await client.get("/portal")
    older = re.search(r'href="(/portal\?[^"]*cursor=[^"]*)"', first.text)
    assert older
    second = await client.get(older.group(1).replace("&amp;", "&"))
    waiting = await client.get("/portal?show=answer")

    assert first.text.count("Matter ") == 20
    assert second.text.count("Matter ") == 2
    assert waiting.text.count("Matter ") == 1
    for cursor in ("nonsense", encode_cursor(clock.now(), "\x00"), encode_cursor(1, 2)):
        assert (await client.get("/portal", params={"cursor": cursor})).status_code == 400
    assert (await client.get("/portal?show=nonsense")).text.count("Matter ") == 20


async def test_the_organizations_own_words_for_a_status_are_shown(
    signed_in, ticket, jane, ada
) -> None:
    labels = {"NEW": {"customer": "In our hands"}}
    unit_of_work.as_actor(ada, ticket_settings.change, {"statusLabels": labels})

    page = await signed_in(jane).get("/portal")

    assert "In our hands" in page.text


async def test_words_of_a_ticket_never_run_in_the_page(signed_in, jane, database) -> None:
    command = CreateTicket(
        requester_name="Jane",
        requester_email="jane@customer.example",
        subject="<script>alert(1)</script>",
        description="<img src=x onerror=alert(1)>",
    )
    made = unit_of_work.as_actor(jane, create, command)
    client = signed_in(jane)

    for path in ("/portal", f"/portal/tickets/{made.ticket_number}", "/portal?q=<script>"):
        page = await client.get(path)
        assert "<script>" not in page.text
        assert "<img src=x" not in page.text
