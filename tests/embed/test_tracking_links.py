"""Tracking links: made, guessed, lost, taken back, run out."""

import asyncio
import re

from sqlmodel import select, text

from tests.api.callers import token_of
from tests.api.test_listing import counted
from tests.embed.tracked import SUBMIT, another_link, path
from ticketdesk import db, unit_of_work
from ticketdesk.jobs.door import forget_links
from ticketdesk.jobs.drain import drain
from ticketdesk.models import OutboxEvent, TicketActivity
from ticketdesk.models.enums import TicketStatus
from ticketdesk.services.embed import tracking_links
from ticketdesk.services.embed.revoking import revoke
from ticketdesk.services.tickets.commands import ChangeStatus
from ticketdesk.services.tickets.merge import MergeTickets, merge
from ticketdesk.services.tickets.status import change_status
from ticketdesk.settings import settings

STATUS = "/api/embed/tickets/status"
ALL_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


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


async def test_every_link_has_128_bits_of_its_own_and_all_stay_good(visitor, ticket, cast) -> None:
    links = [ticket["trackingUrl"], another_link(cast, ticket), another_link(cast, ticket)]
    tokens = {link.rsplit("-", 1)[1] for link in links}

    assert len(tokens) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}", token) for token in tokens)
    assert {(await visitor.get(link)).status_code for link in links} == {200}


async def test_the_token_itself_is_nowhere_in_the_database(visitor, body) -> None:
    key = {"Idempotency-Key": "kept-for-a-day"}
    first = await visitor.post(SUBMIT, json=body, headers=key)
    again = await visitor.post(SUBMIT, json=body, headers=key)
    token = first.json()["ticket"]["trackingUrl"].rsplit("-", 1)[1]
    await asyncio.to_thread(drain, "mail.ticket_created")
    dump = "SELECT coalesce(string_agg(t::text, ' '), '') FROM {} AS t"
    with db.system_session() as session:
        tables = session.exec(text(ALL_TABLES)).scalars().all()
        rows = {name: session.exec(text(dump.format(name))).scalar_one() for name in tables}

    assert again.json() == first.json()
    assert "John Doe" in rows["tickets"]
    assert [name for name, content in rows.items() if token in content] == []


async def test_revoked_links_open_nothing_and_the_next_one_does(
    visitor, ticket, cast, grace
) -> None:
    links = [ticket["trackingUrl"], another_link(cast, ticket)]
    key = {"Authorization": f"Bearer {token_of(grace)}"}
    address = f"/api/tickets/{ticket['id']}/tracking-links"
    refused = await visitor.delete(address)
    revoked = await visitor.delete(address, headers=key)
    opened = [(await visitor.get(link)).status_code for link in links]

    assert refused.status_code == 401
    assert revoked.status_code == 200, revoked.text
    assert opened == [404, 404]
    assert (await visitor.get(another_link(cast, ticket))).status_code == 200
    with db.tenant_session(cast.acme) as session:
        told = session.exec(select(TicketActivity.description)).all()
    assert "revoked the tracking links" in told


async def test_a_merged_tickets_link_leads_to_the_other_and_goes_with_its_links(
    visitor, ticket, body, cast, grace
) -> None:
    other = body | {"subject": "The same again", "requesterEmail": "john@example.com"}
    target = (await visitor.post(SUBMIT, json=other)).json()["ticket"]
    merging = MergeTickets.parse({"sourceTicketIds": [ticket["id"]]})
    unit_of_work.as_actor(grace, merge, target["id"], merging)
    page = await visitor.get(path(ticket))
    mailed = await visitor.get(another_link(cast, ticket))
    unit_of_work.as_actor(grace, revoke, target["id"])

    assert "The same again" in page.text
    assert "The same again" in mailed.text
    assert (await visitor.get(path(ticket))).status_code == 404


async def test_unknown_wrong_revoked_and_expired_ask_the_database_alike(
    visitor, ticket, body, cast, grace, clock
) -> None:
    number, token = path(ticket).removeprefix("/track/").split("-")
    revoked = (await visitor.post(SUBMIT, json=body)).json()["ticket"]
    unit_of_work.as_actor(grace, revoke, revoked["id"])
    closing = ChangeStatus(status=TicketStatus.CLOSED)
    unit_of_work.as_actor(grace, change_status, ticket["id"], closing)
    clock.shift(91 * 24 * 3600)
    asked = []
    for reference in (
        f"{number}-{token}",
        f"{number}-{'0' * 32}",
        f"7-{token}",
        path(revoked).removeprefix("/track/"),
        "nonsense",
    ):
        with counted() as statements:
            assert unit_of_work.across(tracking_links.find, reference) is None
        asked.append(tuple(statements))

    assert len(set(asked)) == 1


async def test_links_that_have_expired_are_deleted(ticket, cast, grace, clock) -> None:
    closing = ChangeStatus(status=TicketStatus.CLOSED)
    unit_of_work.as_actor(grace, change_status, ticket["id"], closing)
    early = forget_links()
    clock.shift(91 * 24 * 3600)

    assert (early, forget_links()) == (0, 1)


async def test_a_link_expires_a_while_after_closing(visitor, ticket, grace, clock) -> None:
    closing = ChangeStatus(status=TicketStatus.CLOSED)
    unit_of_work.as_actor(grace, change_status, ticket["id"], closing)
    still = await visitor.get(path(ticket))
    clock.shift(91 * 24 * 3600)
    later = await visitor.get(path(ticket))

    assert still.status_code == 200
    assert later.status_code == 404


async def test_the_status_of_what_is_unknown_is_one_constant_answer(visitor, ticket) -> None:
    number = ticket["ticketNumber"]
    answers = [
        await visitor.get(STATUS, params={"token": f"{number}-{'0' * 32}"}),
        await visitor.get(STATUS, params={"token": "9-x"}),
        await visitor.get(STATUS),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


async def test_guessing_links_soon_ends_by_whichever_address(visitor, ticket) -> None:
    tries = [
        ("/track/1001-{:032x}", 20),
        ("/api/embed/tickets/status?token=1001-{:032x}", 20),
        ("/embed/tickets?organizationId=acme&sent=1001-{:032x}", 20),
    ]
    for address, times in tries:
        for number in range(times):
            assert (await visitor.get(address.format(number))).status_code in (200, 404)
    reference = path(ticket).removeprefix("/track/")
    sent = await visitor.get(f"/embed/tickets?organizationId=acme&sent={reference}")

    assert (await visitor.get(path(ticket))).status_code == 429
    assert f"Ticket #{ticket['ticketNumber']}" not in sent.text


async def test_a_lost_link_is_promised_alike_and_mailed_only_to_its_requester(
    visitor, ticket, cast
) -> None:
    number = str(ticket["ticketNumber"])
    right = await visitor.post("/track", data={"number": number, "email": "John@example.com"})
    wrong = await visitor.post("/track", data={"number": number, "email": "eve@example.com"})
    odd = await visitor.post("/track", data={"number": number, "email": "john@example.com\0"})
    with db.tenant_session(cast.acme) as session:
        mails = session.exec(
            select(OutboxEvent).where(OutboxEvent.subscriber == "mail.lost_link")
        ).all()

    assert right.status_code == wrong.status_code == 200
    assert right.text == wrong.text == odd.text
    assert [mail.payload["ticketId"] for mail in mails] == [ticket["id"]]


async def test_the_lost_link_arrives_and_carries_nothing_of_the_ticket(
    visitor, ticket, cast
) -> None:
    number = str(ticket["ticketNumber"])
    await visitor.post("/track", data={"number": number, "email": "john@example.com"})
    before = set((settings().data_dir / "mail").glob("*.eml"))
    await asyncio.to_thread(drain, "mail.lost_link")
    (mail,) = set((settings().data_dir / "mail").glob("*.eml")) - before
    words = mail.read_text(encoding="utf-8").replace("=\n", "")
    link = re.search(rf"http://localhost:8000/track/{number}-[0-9a-f]{{32}}", words)
    page = await visitor.get(link.group())

    assert "To: john@example.com" in words
    assert ticket["subject"] not in words
    assert link.group() != ticket["trackingUrl"]
    assert ticket["subject"] in page.text
