"""The tracking page and the status look-up: what a requester reads and does."""

import re

from tests.api.callers import token_of
from tests.embed.tracked import path, stored, write
from tests.support import samples
from ticketdesk.models.enums import TicketStatus

STATUS = "/api/embed/tickets/status"


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


async def test_a_picture_within_a_reply_comes_by_the_link_alone(visitor, ticket, grace) -> None:
    key = {"Authorization": f"Bearer {token_of(grace)}"}
    picture = {"file": ("screen.png", samples.picture(), "image/png")}
    up = await visitor.post("/api/attachments", files=picture, headers=key)
    file_id = up.json()["attachments"][0]["id"]
    html = f'<p>Click here: <img src="/api/attachments/{file_id}" alt="The button"></p>'
    write(grace, ticket, html, content_format="html", attachment_ids=[file_id])
    page = await visitor.get(path(ticket))
    source = re.search(r'<img src="([^"]+)"', page.text).group(1)
    lead = await visitor.get(source)
    shown = await visitor.get(lead.headers["Location"])

    assert source == f"{path(ticket)}/files/{file_id}?shown"
    assert shown.status_code == 200
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert (await visitor.get(f"/api/attachments/{file_id}")).status_code == 401


async def test_an_empty_answer_is_refused_and_keeps_the_page(visitor, ticket, cast) -> None:
    page = await visitor.post(path(ticket), data={"content": "  "})

    assert page.status_code == 422
    assert "Please fill this in." in page.text
    assert stored(cast, ticket)[1] == []


async def test_a_file_that_cannot_be_is_refused_with_the_answer_kept(visitor, ticket, cast) -> None:
    for handle in ("file_x.y", "\0", "file_\ud7ff.\0"):
        page = await visitor.post(path(ticket), data={"content": "Here.", "attachment": handle})
        assert page.status_code == 422
        assert "A file is no longer there." in page.text
        assert "Here.</textarea>" in page.text

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


async def test_the_category_is_said_in_the_readers_words(visitor, ticket, set_form, cast) -> None:
    set_form(categoryTranslations={"de": {"Technical": "Technik"}})
    german = await visitor.get(path(ticket), headers={"Accept-Language": "de"})
    french = await visitor.get(path(ticket), headers={"Accept-Language": "fr"})

    assert "<bdi>Technik</bdi>" in german.text
    assert "<bdi>Technical</bdi>" in french.text
    assert stored(cast, ticket)[0].category == "Technical"
