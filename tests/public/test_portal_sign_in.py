"""Who comes into the portal, and by which way."""

from datetime import timedelta

import httpx
import pytest
from sqlmodel import Session, select

from tests.public.portal_visits import OURS, change_user, links_sent, signed_in, ticket, visitor
from tests.support.cast import PASSWORD
from ticketdesk import clock, unit_of_work
from ticketdesk.models import OneTimeToken
from ticketdesk.models.enums import UserRole
from ticketdesk.services.people.change import deactivate
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

__all__ = ["signed_in", "ticket", "visitor"]


async def ask_for_link(visitor: httpx.AsyncClient, email: str, **more: str) -> httpx.Response:
    data = {"email": email, "do": "link", **more}
    return await visitor.post("/portal/sign-in", data=data, headers=OURS)


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


@pytest.mark.parametrize("email", ["\x00@x.example", "a@x.example\x00", "\x7f@x.example"])
async def test_an_address_that_cannot_be_one_is_refused_like_any_other(visitor, email) -> None:
    data = {"email": email, "password": PASSWORD, "do": "password"}

    for path in ("/portal/sign-in", "/login"):
        assert (await visitor.post(path, data=data, headers=OURS)).status_code == 401
    assert (await visitor.post("/forgot", data=data, headers=OURS)).status_code == 200
