"""What does not belong in a chat, and what must come through whole: files, markup, sites."""

import pytest

from tests.embed.chat_steps import BASE, history, line, opening, refused, start
from ticketdesk import db, unit_of_work
from ticketdesk.models import TicketAttachment
from ticketdesk.services.chats import chats


async def uploaded(visitor, name="note.txt", content=b"hello"):
    stored = await visitor.post(
        "/api/embed/tickets/uploads",
        data={"organizationId": "acme"},
        files={"file": (name, content, "text/plain")},
    )
    return stored.json()["attachment"]["id"]


async def test_a_file_goes_with_a_message_once_and_is_read_by_a_signed_address(visitor):
    headers, _ = await start(visitor)
    handle = await uploaded(visitor)
    said = await visitor.post(
        f"{BASE}/messages", json=line("Look", attachmentIds=[handle]), headers=headers
    )
    file = said.json()["message"]["files"][0]
    assert (await visitor.get(file["url"])).content == b"hello"
    assert (await visitor.get(file["url"].split("?")[0])).status_code == 401
    again = await visitor.post(
        f"{BASE}/messages", json=line("Again", attachmentIds=[handle]), headers=headers
    )
    refused(again, 422, "validation_error")
    fresh = await visitor.get(f"{BASE}/files/{file['id']}?organizationId=acme", headers=headers)
    assert fresh.json()["file"]["url"].startswith(f"/api/attachments/{file['id']}?")
    stranger, _ = await start(visitor)
    foreign = await visitor.get(f"{BASE}/files/{file['id']}?organizationId=acme", headers=stranger)
    assert foreign.status_code == 404


async def test_a_huge_message_is_kept_whole_and_a_larger_one_refused(visitor):
    headers, _ = await start(visitor)
    whole = "é" * 100_000 + " the end"
    said = await visitor.post(f"{BASE}/messages", json=line(whole), headers=headers)
    assert said.json()["message"]["content"] == whole
    more = await visitor.post(f"{BASE}/messages", json=line("x" * 120_001), headers=headers)
    refused(more, 422, "validation_error")


@pytest.mark.parametrize("content", ["", "  \n ", "\u0001\u0002"])
async def test_nothing_is_no_message(visitor, content):
    headers, _ = await start(visitor)
    answer = await visitor.post(f"{BASE}/messages", json=line(content), headers=headers)
    refused(answer, 422, "validation_error")


async def test_markup_and_control_characters_are_only_text(visitor, grace):
    headers, chat_id = await start(
        visitor, name="<b>Eve</b>\r\n\u202eBcc: x\u0007", content="<script>alert(1)</script>\u0007"
    )
    chat = unit_of_work.as_actor(grace, chats.get, chat_id)
    assert chat.customer_name == "<b>Eve</b> Bcc: x"
    page = await history(visitor, headers)
    assert page["messages"][0]["content"] == "<script>alert(1)</script>"
    nul = await visitor.post(f"{BASE}/messages", json=line("a\u0000b"), headers=headers)
    refused(nul, 422, "validation_error")


async def test_a_site_that_is_not_listed_may_not_use_the_chat(visitor, set_form):
    set_form(allowedSites=["https://shop.example"])
    refused(
        await visitor.post(
            f"{BASE}/start", json=opening(), headers={"Origin": "https://evil.example"}
        ),
        403,
        "site_not_allowed",
    )
    good = {"Origin": "https://shop.example"}
    answer = await visitor.post(f"{BASE}/start", json=opening(), headers=good)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    before = await visitor.options(f"{BASE}/messages", headers=good)
    assert "Authorization" in before.headers["Access-Control-Allow-Headers"]


async def test_a_deleted_upload_is_named_and_the_message_can_go_without_it(visitor):
    headers, _ = await start(visitor)
    handle = await uploaded(visitor)
    with db.system_session() as session:
        session.delete(session.get(TicketAttachment, handle.split(".")[0]))
        session.commit()
    message = line("Look", attachmentIds=[handle])
    error = refused(
        await visitor.post(f"{BASE}/messages", json=message, headers=headers),
        422,
        "validation_error",
    )
    assert error["fields"] == {"attachmentIds": "A file is no longer there. Please add it again."}
    again = await visitor.post(
        f"{BASE}/messages", json=message | {"attachmentIds": []}, headers=headers
    )
    assert again.status_code == 201
    assert len((await history(visitor, headers))["messages"]) == 2


async def test_only_listed_sites_may_frame_the_chat(visitor, set_form):
    page = await visitor.get("/embed/chat?organizationId=acme")
    assert page.headers["Content-Security-Policy"].endswith("frame-ancestors *")
    set_form(allowedSites=["https://shop.example", "*.acme.example"])
    page = await visitor.get("/embed/chat?organizationId=acme")
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://shop.example https://*.acme.example" in policy
    assert "X-Frame-Options" not in page.headers
    assert "Set-Cookie" not in page.headers
