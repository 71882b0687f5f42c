"""The portal as a browser without scripts meets it."""

import re
from datetime import timedelta

import httpx
import pytest
from sqlmodel import Session, col, select

from tests.api.callers import token_of
from tests.embed.conftest import visitor
from tests.support.cast import PASSWORD
from ticketdesk import clock, unit_of_work
from ticketdesk.models import OneTimeToken, OutboxEvent, Ticket, User
from ticketdesk.models.enums import TicketStatus, UserRole
from ticketdesk.services import ticket_settings
from ticketdesk.services.paging import encode_cursor
from ticketdesk.services.people.change import deactivate
from ticketdesk.services.sealing import unseal
from ticketdesk.services.tickets.commands import AddResponse, ChangeStatus, CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.respond import respond
from ticketdesk.services.tickets.status import change_status

__all__ = ["visitor"]

OURS = {"Origin": "http://localhost:8000"}
PLAIN = {**OURS, "Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def ticket(database: str, jane):
    """A ticket of Jane's."""
    command = CreateTicket(
        requester_name="Jane",
        requester_email="jane@customer.example",
        subject="My lamp",
        description="It is dark.",
    )
    return unit_of_work.as_actor(jane, create, command)


@pytest.fixture
def signed_in(visitor: httpx.AsyncClient):
    """`signed_in(actor)` carries their cookie from now on."""

    def carry(actor) -> httpx.AsyncClient:
        visitor.cookies.set("ticketdesk_session", token_of(actor))
        return visitor

    return carry


async def ask_for_link(visitor: httpx.AsyncClient, email: str, **more: str) -> httpx.Response:
    data = {"email": email, "do": "link", **more}
    return await visitor.post("/portal/sign-in", data=data, headers=OURS)


def links_sent() -> list[str]:
    def read(session: Session) -> list[str]:
        rows = session.exec(
            select(OutboxEvent.payload).where(col(OutboxEvent.subscriber) == "mail.portal_link")
        ).all()
        return [unseal(row["sealedToken"]) for row in rows]

    return unit_of_work.across(read)


def change_user(email: str, **values: object) -> None:
    def change(session: Session) -> None:
        user = session.exec(select(User).where(User.email == email)).one()
        for name, value in values.items():
            setattr(user, name, value)
        session.add(user)

    unit_of_work.across(change)


async def test_a_stranger_is_asked_who_they_are(visitor) -> None:
    page = await visitor.get("/portal")

    assert page.status_code == 200
    assert "Sign in to your requests" in page.text
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Cache-Control"] == "no-store"
    assert "<script" not in page.text.replace('<script type="module"', "")


async def test_the_portal_of_an_organization_bears_its_name(visitor) -> None:
    assert "Acme Support" in (await visitor.get("/portal?organizationId=acme")).text
    assert "Acme Support" not in (await visitor.get("/portal?organizationId=nobody")).text


async def test_a_link_from_a_mail_signs_in_once(visitor, ticket) -> None:
    await ask_for_link(visitor, "Jane@customer.example")
    (token,) = links_sent()

    looked = await visitor.get(f"/portal/link/{token}")
    entered = await visitor.post(f"/portal/link/{token}", headers=OURS)
    listed = await visitor.get("/portal")
    visitor.cookies.clear()
    again = await visitor.post(f"/portal/link/{token}", headers=OURS)

    assert looked.status_code == 200
    assert entered.status_code == 303
    assert "HttpOnly" in entered.headers["Set-Cookie"]
    assert "My lamp" in listed.text
    assert again.status_code == 404
    assert "used or has expired" in again.text


async def test_a_link_is_over_after_half_an_hour(visitor, ticket) -> None:
    await ask_for_link(visitor, "jane@customer.example")
    (token,) = links_sent()

    def age(session: Session) -> None:
        for row in session.exec(select(OneTimeToken)).all():
            assert row.expires_at - clock.now() <= timedelta(minutes=30)
            row.expires_at = clock.now()
            session.add(row)

    unit_of_work.across(age)
    assert (await visitor.post(f"/portal/link/{token}", headers=OURS)).status_code == 404


@pytest.mark.parametrize(
    "email",
    ["nobody@where.example", "grace@acme.example", "ada@acme.example", "x", "\x00@x.example"],
)
async def test_whoever_asks_for_a_link_hears_the_same_and_only_customers_get_one(
    visitor, ticket, email
) -> None:
    known = await ask_for_link(visitor, "jane@customer.example")
    before = len(links_sent())

    answer = await ask_for_link(visitor, email)

    assert answer.status_code == known.status_code == 200
    assert answer.text == known.text
    assert len(links_sent()) == before


async def test_whoever_has_written_by_mail_gets_an_account_with_the_first_link(
    visitor, grace, database
) -> None:
    command = CreateTicket(
        requester_name="Kim", requester_email="kim@new.example", subject="Hi", description="Hi."
    )
    unit_of_work.as_actor(grace, create, command)

    await ask_for_link(visitor, "kim@new.example", organizationId="acme")
    (token,) = links_sent()
    await visitor.post(f"/portal/link/{token}", headers=OURS)

    page = await visitor.get("/portal")
    assert "Kim" in page.text
    assert "Hi" in page.text


async def test_a_deactivated_customer_gets_no_link(visitor, ticket, ada, jane) -> None:
    unit_of_work.as_actor(ada, deactivate, jane.user_id)

    await ask_for_link(visitor, "jane@customer.example")

    assert links_sent() == []


async def test_whoever_was_made_an_agent_meanwhile_does_not_enter_by_an_old_link(
    visitor, ticket
) -> None:
    await ask_for_link(visitor, "jane@customer.example")
    (token,) = links_sent()
    change_user("jane@customer.example", role=UserRole.AGENT)

    assert (await visitor.post(f"/portal/link/{token}", headers=OURS)).status_code == 404


async def test_links_to_one_address_are_few(visitor, ticket) -> None:
    statuses = [
        (await ask_for_link(visitor, "jane@customer.example")).status_code for _ in range(6)
    ]

    assert statuses == [200] * 5 + [429]
    stranger = [(await ask_for_link(visitor, "no@where.example")).status_code for _ in range(6)]
    assert stranger == statuses


async def test_a_customer_signs_in_with_a_password_and_an_agent_does_not(visitor) -> None:
    async def enter(email: str, password: str = PASSWORD) -> httpx.Response:
        data = {"email": email, "password": password, "do": "password"}
        return await visitor.post("/portal/sign-in", data=data, headers=OURS)

    agent, wrong = await enter("grace@acme.example"), await enter("jane@customer.example", "wrong")
    right = await enter("jane@customer.example")

    assert (agent.status_code, wrong.status_code) == (401, 401)
    assert "Set-Cookie" not in agent.headers
    assert right.headers["Location"] == "/portal"


async def test_the_desk_leads_customers_to_the_portal_and_the_portal_staff_to_the_desk(
    visitor, signed_in, jane, grace
) -> None:
    data = {"email": "jane@customer.example", "password": PASSWORD, "next": "/app/tickets"}
    entered = await visitor.post("/login", data=data, headers=OURS)
    assert entered.headers["Location"] == "/portal"
    signed_in(jane)
    assert (await visitor.get("/")).headers["Location"] == "/portal"
    assert (await visitor.get("/login?next=/app/chats")).headers["Location"] == "/portal"
    signed_in(grace)
    assert 'href="/app/tickets"' in (await visitor.get("/portal")).text


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


async def test_signing_out_ends_the_session(signed_in, jane) -> None:
    client = signed_in(jane)
    token = client.cookies["ticketdesk_session"]

    await client.post("/portal/sign-out", headers=OURS)
    client.cookies.set("ticketdesk_session", token)

    assert "Sign in to your requests" in (await client.get("/portal")).text


async def test_a_sign_in_leads_only_to_the_portals_own_pages(visitor) -> None:
    for wanted in ("https://evil.example", "//evil.example", "/portal/tickets//evil", "/app"):
        data = {
            "email": "jane@customer.example", "password": PASSWORD, "do": "password",
            "next": wanted,
        }  # fmt: skip
        answer = await visitor.post("/portal/sign-in", data=data, headers=OURS)
        assert answer.headers["Location"] == "/portal"


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


@pytest.mark.parametrize("email", ["\x00@x.example", "a@x.example\x00", "\x7f@x.example"])
async def test_an_address_that_cannot_be_one_is_refused_like_any_other(visitor, email) -> None:
    data = {"email": email, "password": PASSWORD, "do": "password"}

    for path in ("/portal/sign-in", "/login"):
        assert (await visitor.post(path, data=data, headers=OURS)).status_code == 401
    assert (await visitor.post("/forgot", data=data, headers=OURS)).status_code == 200
