"""The chat behind another site's launcher: what comes while nobody looks is counted, not read."""

from playwright.sync_api import expect

from tests.support.desk import eventually
from ticketdesk import unit_of_work
from ticketdesk.services.chats import chats, messages
from ticketdesk.services.chats.commands import AddMessage

CHAT = 'data-organization-id="acme" data-mode="chat"'


def test_the_launcher_counts_what_was_said_while_the_dialog_is_closed(
    door, shop, open_page, grace
) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    counted = "EclipseTickets=[['on','unread',n=>(window.counted??=[]).push(n)]]"
    page.goto(shop.page(CHAT, before=counted))
    launcher = page.locator("eclipse-tickets .l")
    expect(launcher).to_be_visible()
    assert [url for url in asked if url.startswith(door)] == [f"{door}/eclipse-ticket-widget.js"]

    launcher.click()
    chat = page.frame_locator("eclipse-tickets iframe")
    chat.locator("html.js").wait_for()
    chat.get_by_label("Name").fill("Nora Quist")
    chat.get_by_label("Email").fill("nora@quist.example")
    box = chat.get_by_role("textbox", name="Message")
    box.fill("Is it open?")
    box.press("Enter")
    expect(chat.get_by_role("log").get_by_text("Is it open?", exact=True)).to_be_visible()
    expect(chat.get_by_text("Sending…")).to_have_count(0)
    made = unit_of_work.as_actor(grace, chats.list_chats).items[0]
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()

    # One after the other: what comes together is counted together.
    for words, unread in (("Yes,", "1"), ("until six.", "2")):
        said = AddMessage(role="AGENT", content=words)
        unit_of_work.as_actor(grace, messages.add_message, made.id, said)
        expect(launcher).to_have_attribute("data-n", unread)
    shown = launcher.evaluate("e => getComputedStyle(e, ':after').content")
    assert shown == '"2"'
    assert not _is_read(grace, made.id)

    launcher.click()
    expect(chat.get_by_text("until six.")).to_be_in_viewport()
    expect(launcher).to_have_attribute("data-n", "")
    eventually(lambda: _is_read(grace, made.id), "the read mark is set")
    assert page.evaluate("window.counted.filter(n => n)") == [1, 2]


def _is_read(grace, chat_id: str) -> bool:
    chat = unit_of_work.as_actor(grace, chats.get, chat_id)
    return bool(chat.customer_read_at) and chat.customer_read_at >= chat.last_message_at
