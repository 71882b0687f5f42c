"""The tracking page and the status look-up."""

import asyncio
import re

import pytest
from sqlmodel import select

from ticketdesk import db, unit_of_work
from ticketdesk.jobs.drain import drain
from ticketdesk.models import OutboxEvent, Ticket, TicketResponse
from ticketdesk.models.enums import TicketStatus
from ticketdesk.services.embed import tracking_links
from ticketdesk.services.tickets.commands import AddResponse, ChangeStatus
from ticketdesk.services.tickets.respond import respond
from ticketdesk.services.tickets.status import change_status
from ticketdesk.settings import settings

SUBMIT = "/api/embed/tickets/submit"
STATUS = "/api/embed/tickets/status"


@pytest.fixture
async def ticket(visitor, body) -> dict:
    return (await visitor.post(SUBMIT, json=body)).json()["ticket"]


def path(ticket: dict) -> str:
    return ticket["trackingUrl"].removeprefix("http://localhost:8000")


def write(actor, ticket: dict, content: str, **more) -> None:
    command = AddResponse(content=content, **more)
    unit_of_work.as_actor(actor, respond, ticket["id"], command)


def stored(cast, ticket: dict) -> tuple[Ticket, list[TicketResponse]]:
    with db.tenant_session(cast.acme) as session:
        row = session.get_one(Ticket, ticket["id"])
        messages = session.exec(
            select(TicketResponse).where(TicketResponse.ticket_id == row.id)
        ).all()
        return row, list(messages)


async def test_the_requester_reads_what_is_public_and_nothing_else(visitor, ticket, grace) -> None:
    write(grace, ticket, "Have you tried turning it off?")
    write(grace, ticket, "This customer always forgets it.", is_internal=True)
    page = await visitor.get(path(ticket))

    assert page.status_code == 200
    assert "Have you tried turning it off?" in page.text
    assert "always forgets" not in page.text
    assert "grace@acme.example" not in page.text
    assert "We are looking into it" in page.text


async def test_the_page_is_kept_from_indexes_caches_and_referrers(visitor, ticket) -> None:
    headers = (await visitor.get(path(ticket))).headers

    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


async def test_whatever_is_unknown_looks_the_same(visitor, ticket) -> None:
    number, token = path(ticket).removeprefix("/track/").split("-")
    wrong = [
        f"{number}-{'0' * 32}",
        f"{int(number) + 1}-{token}",
        f"{number}-{token[:-1]}",
        f"{number}-{token}0",
        f"{number}",
        "-",
        f"9999-{'f' * 32}",
        "%00-x",
    ]
    pages = [await visitor.get(f"/track/{one}") for one in wrong]

    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


async def test_the_token_itself_is_nowhere_in_the_database(ticket, cast) -> None:
    token = path(ticket).rsplit("-", 1)[1]
    assert re.fullmatch(r"[0-9a-f]{32}", token)
    with db.system_session() as session:
        links = session.exec(select(tracking_links.TrackingLink)).all()

    assert links
    assert all(token not in repr(link) for link in links)


async def test_a_revoked_link_opens_nothing_and_the_next_one_does(visitor, ticket, cast) -> None:
    with db.tenant_session(cast.acme) as session:
        tracking_links.revoke(session, ticket["id"])
        fresh = tracking_links.url_for(session, cast.acme, ticket["id"], ticket["ticketNumber"])
        session.commit()

    assert (await visitor.get(path(ticket))).status_code == 404
    assert (await visitor.get(fresh)).status_code == 200


async def test_a_link_expires_a_while_after_closing(visitor, ticket, grace, clock) -> None:
    closing = ChangeStatus(status=TicketStatus.CLOSED)
    unit_of_work.as_actor(grace, change_status, ticket["id"], closing)
    still = await visitor.get(path(ticket))
    clock.shift(91 * 24 * 3600)
    later = await visitor.get(path(ticket))

    assert still.status_code == 200
    assert later.status_code == 404


async def test_an_answer_is_the_customers_and_reopens(visitor, ticket, cast, grace) -> None:
    write(grace, ticket, "Solved?", status_change=TicketStatus.WAITING_ON_CUSTOMER)
    sent = await visitor.post(path(ticket), data={"do": "answer", "content": "No, still broken."})
    page = await visitor.get(sent.headers["Location"])

    assert sent.status_code == 303
    assert "No, still broken." in page.text
    assert "Your answer is on its way." in page.text
    row, messages = stored(cast, ticket)
    assert row.status == TicketStatus.OPEN
    assert messages[-1].author_type == "CUSTOMER"
    assert messages[-1].author_email == "john@example.com"


async def test_an_answer_brings_its_files(visitor, ticket, cast) -> None:
    up = await visitor.post(f"{path(ticket)}/uploads", files={"file": ("a.txt", b"one")})
    handle = up.json()["attachment"]["id"]
    sent = await visitor.post(
        path(ticket),
        data={"content": "Two files.", "attachment": handle},
        files={"file": ("b.txt", b"two")},
    )
    assert sent.status_code == 303, sent.text
    page = await visitor.get(path(ticket))
    file_id = re.search(r"/files/(file_\w+)", page.text)
    lead = await visitor.get(f"{path(ticket)}/files/{file_id.group(1)}")
    foreign = await visitor.get(f"{path(ticket)}/files/file_0000")

    assert "a.txt" in page.text
    assert "b.txt" in page.text
    assert lead.status_code == 302
    assert foreign.status_code == 404


async def test_an_empty_answer_is_refused_and_keeps_the_page(visitor, ticket, cast) -> None:
    page = await visitor.post(path(ticket), data={"content": "  "})

    assert page.status_code == 422
    assert "Please fill this in." in page.text
    assert stored(cast, ticket)[1] == []


async def test_the_requester_closes_and_reopens(visitor, ticket, cast) -> None:
    await visitor.post(path(ticket), data={"do": "close"})
    closed, _ = stored(cast, ticket)
    await visitor.post(path(ticket), data={"do": "reopen"})
    opened, _ = stored(cast, ticket)

    assert closed.status == TicketStatus.CLOSED
    assert opened.status == TicketStatus.OPEN


async def test_the_status_look_up_tells_what_the_page_tells(visitor, ticket, grace) -> None:
    write(grace, ticket, "Soon.")
    write(grace, ticket, "Secret.", is_internal=True)
    reference = path(ticket).removeprefix("/track/")
    answer = await visitor.get(STATUS, params={"token": reference})
    told = answer.json()["ticket"]

    assert told["status"] == "OPEN"
    assert told["statusText"] == "We are looking into it"
    assert len(told["responses"]) == 1
    assert "Secret" not in answer.text
    assert "acme.example" not in answer.text
    number, token = reference.split("-")
    pair = await visitor.get(STATUS, params={"ticketNumber": number, "token": token})
    assert pair.json()["ticket"]["ticketNumber"] == told["ticketNumber"]


async def test_the_status_of_what_is_unknown_is_one_constant_answer(visitor, ticket) -> None:
    number = ticket["ticketNumber"]
    answers = [
        await visitor.get(STATUS, params={"token": f"{number}-{'0' * 32}"}),
        await visitor.get(STATUS, params={"token": "9-x"}),
        await visitor.get(STATUS),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


async def test_guessing_links_soon_ends(visitor) -> None:
    codes = [(await visitor.get(f"/track/1001-{n:032x}")).status_code for n in range(61)]

    assert codes[0] == 404
    assert codes[-1] == 429


async def test_a_lost_link_is_promised_alike_and_mailed_only_to_its_requester(
    visitor, ticket, cast
) -> None:
    number = str(ticket["ticketNumber"])
    right = await visitor.post("/track", data={"number": number, "email": "John@example.com"})
    wrong = await visitor.post("/track", data={"number": number, "email": "eve@example.com"})
    with db.tenant_session(cast.acme) as session:
        mails = session.exec(
            select(OutboxEvent).where(OutboxEvent.subscriber == "mail.lost_link")
        ).all()

    assert right.status_code == wrong.status_code == 200
    assert right.text == wrong.text
    assert [mail.payload["ticketId"] for mail in mails] == [ticket["id"]]


async def test_the_lost_link_arrives_and_carries_nothing_of_the_ticket(
    visitor, ticket, cast
) -> None:
    number = str(ticket["ticketNumber"])
    await visitor.post("/track", data={"number": number, "email": "john@example.com"})
    await asyncio.to_thread(drain, "mail.lost_link")
    (mail,) = (
        one
        for one in (settings().data_dir / "mail").glob("*.eml")
        if ticket["trackingUrl"] in one.read_text(encoding="utf-8").replace("=\n", "")
    )
    words = mail.read_text(encoding="utf-8")

    assert "To: john@example.com" in words
    assert ticket["subject"] not in words
