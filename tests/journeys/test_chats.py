"""A chat from the customer's first word to its ticket, in two browsers (issue: chats)."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_for_everybody import problems, settled
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.xdist_group("journeys")


def own(page: Page) -> dict[str, str]:
    """Say where a request comes from, as a browser does."""
    return {"Origin": page.evaluate("location.origin")}


def fed(page: Page, title: str, *texts: str, **values: str) -> str:
    """Feed a chat in through the API, as another chat system would, and return its address."""
    body = {
        "title": title,
        "customerName": "Jane Smith",
        "customerEmail": "jane@customer.example",
        **values,
    }
    chat = page.request.post("/api/chats", data=body, headers=own(page)).json()["chat"]["id"]
    for text in texts:
        say(page, chat, text)
    return f"/app/chats/{chat}"


def say(page: Page, chat: str, text: str, role: str = "USER", **values: str) -> None:
    answer = page.request.post(
        f"/api/chats/{chat.rsplit('/', 1)[-1]}/messages",
        data={"role": role, "content": text, **values},
        headers=own(page),
    )
    assert answer.status == 201, answer.text()


@pytest.fixture
def at_desk(signed_in, running):
    """Sign somebody in, whose requests and addresses are those of the desk."""
    return lambda name, **options: signed_in(name, base_url=running.url, **options)


def message(page: Page, words: str):
    return page.get_by_role("region", name="Conversation").get_by_text(words, exact=True)


def test_a_chat_is_answered_live_and_becomes_a_ticket_that_leads_back(at_desk):
    grace, linus = at_desk("grace"), at_desk("linus")
    linus.keyboard.press("g")
    linus.keyboard.press("c")
    linus.wait_for_url("**/app/chats")
    title = f"The till prints twice {uuid.uuid4().hex[:6]}"
    chat = fed(grace, title, "Every receipt comes twice", escalation="ESCALATED")
    row = linus.get_by_role("listitem").filter(has_text=title)
    expect(row).to_contain_text("Every receipt comes twice")
    expect(row).to_contain_text("Escalated")

    grace.goto(chat)
    linus.get_by_role("link", name=title).click()
    box = grace.get_by_role("textbox", name="Message")
    box.fill("One line")
    box.press("Shift+Enter")
    box.press_sequentially("and another")
    box.press("Enter")
    expect(box).to_have_value("")
    expect(linus.get_by_text("and another")).to_be_visible()
    say(linus, chat, "Thank you!")
    expect(message(grace, "Thank you!")).to_be_visible()
    expect(linus.get_by_role("combobox", name="Assignee")).to_contain_text("Grace")

    grace.get_by_role("button", name="Create ticket").click()
    dialog = grace.get_by_role("dialog", name="Create ticket from chat")
    expect(dialog.get_by_label("Subject")).to_have_value(title)
    expect(dialog.get_by_label("Requester email")).to_have_value("jane@customer.example")
    expect(dialog.get_by_label("Priority")).to_have_value("URGENT")
    for name in ("Include full transcript", "Include attachments", "Assign to me"):
        expect(dialog.get_by_role("checkbox", name=name)).to_be_checked()
    expect(dialog.get_by_text("Customer: Every receipt comes twice")).to_be_visible()
    assert problems(grace) == []
    dialog.get_by_role("button", name="Create ticket").dblclick()
    expect(dialog).to_be_hidden()
    expect(grace.get_by_text(re.compile(r"Ticket #\d+ created"))).to_be_visible()
    badge = linus.get_by_role("link", name=re.compile(r"Ticket #\d+ · View"))
    expect(badge).to_have_count(1)

    badge.click()
    linus.wait_for_url(re.compile(r"/app/tickets/\d+$"))
    expect(linus.get_by_text("[Chat Transcript]")).to_be_visible()
    expect(linus.get_by_role("combobox", name="Assignee")).to_contain_text("Grace")
    linus.get_by_role("complementary").get_by_role("link", name=title).click()
    linus.wait_for_url(f"**{chat}")
    expect(message(linus, "Thank you!")).to_be_visible()


def test_a_further_chat_is_linked_to_a_ticket_and_taken_away(at_desk):
    grace = at_desk("grace")
    title = f"Second talk {uuid.uuid4().hex[:6]}"
    fed(grace, title, "It is me again")
    grace.goto("/app/tickets/1136")
    grace.get_by_role("combobox", name="Link a chat").click()
    grace.get_by_role("option", name=re.compile(title)).click()
    expect(grace.get_by_role("complementary").get_by_role("link", name=title)).to_be_visible()
    grace.get_by_role("button", name=f"Unlink {title}").click()
    expect(grace.get_by_role("complementary").get_by_role("link", name=title)).to_have_count(0)


def test_a_long_chat_opens_at_its_end_and_earlier_messages_come_on_demand(at_desk):
    grace = at_desk("grace")
    chat = fed(grace, "A long talk", *(f"Line {number}" for number in range(70)))
    grace.goto(chat)
    expect(message(grace, "Line 69")).to_be_in_viewport()
    expect(message(grace, "Line 9")).to_have_count(0)
    grace.get_by_role("button", name="Earlier messages").click()
    expect(message(grace, "Line 0")).to_be_attached()
    expect(grace.get_by_role("button", name="Earlier messages")).to_have_count(0)


def test_a_draft_survives_a_reload_and_a_broken_line_loses_and_doubles_nothing(at_desk, complaints):
    grace = at_desk("grace")
    chat = fed(grace, "A weak line", "Hello?")
    grace.goto(chat)
    grace.get_by_role("textbox", name="Message").fill("Half a sentence")
    grace.reload()
    expect(grace.get_by_role("textbox", name="Message")).to_have_value("Half a sentence")
    grace.context.set_offline(True)
    grace.get_by_role("textbox", name="Message").press("Enter")
    expect(grace.get_by_role("list", name="On the way")).to_contain_text("Half a sentence")
    grace.context.set_offline(False)
    expect(message(grace, "Half a sentence")).to_be_visible(timeout=30_000)
    expect(grace.get_by_role("list", name="On the way")).to_have_count(0, timeout=30_000)
    grace.reload()
    expect(message(grace, "Half a sentence")).to_have_count(1)
    complaints.clear()


def test_markup_is_only_text_and_a_huge_message_is_shown_on_demand(at_desk):
    grace = at_desk("grace")
    chat = fed(grace, "<b>Bold</b> title", "<img src=x onerror=document.title='hit'>")
    say(grace, chat, "x" * 99_990 + " the end")
    grace.goto(chat)
    expect(grace.get_by_role("heading", name="<b>Bold</b> title")).to_be_visible()
    expect(message(grace, "<img src=x onerror=document.title='hit'>")).to_be_visible()
    grace.get_by_role("button", name="Show all of it").click()
    expect(grace.get_by_text(re.compile("the end$"))).to_be_attached()


def test_an_empty_chat_says_so_and_a_foreign_one_is_not_there(at_desk, open_page, running):
    grace = at_desk("grace")
    chat = fed(grace, "Nothing yet")
    grace.goto(chat)
    expect(grace.get_by_text("Nothing was said yet.")).to_be_visible()
    grace.get_by_role("button", name="Create ticket").click()
    dialog = grace.get_by_role("dialog", name="Create ticket from chat")
    dialog.get_by_role("button", name="Create ticket").click()
    expect(dialog.get_by_role("alert")).to_contain_text("no messages yet")

    bo = open_page(base_url=running.url)
    bo.goto("/login")
    bo.get_by_label("Email").fill("bo@globex.example")
    bo.get_by_label("Password").fill(PASSWORD)
    bo.get_by_role("button", name="Sign in").click()
    bo.wait_for_url("**/app/tickets")
    bo.goto(chat)
    expect(bo.get_by_role("heading", name="This chat does not exist")).to_be_visible()


def test_a_closed_chat_cannot_be_answered_until_it_is_open_again(at_desk):
    grace = at_desk("grace")
    grace.goto(fed(grace, "Almost done", "Bye"))
    grace.get_by_role("button", name="Close", exact=True).click()
    expect(grace.get_by_text("This chat is closed.")).to_be_visible()
    expect(grace.get_by_role("textbox", name="Message")).to_have_count(0)
    grace.get_by_role("button", name="Reopen chat").click()
    expect(grace.get_by_role("textbox", name="Message")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chats_have_no_barrier_and_do_not_scroll_sideways(at_desk, theme, width):
    page = at_desk("grace", color_scheme=theme, viewport={"width": width, "height": 900})
    chat = fed(page, "The lamp is dark", "Hello", escalation="REQUESTED")
    say(page, chat, "Have you tried a new bulb?", "BOT")
    say(page, chat, "I am here.", "AGENT")
    for address in (chat, "/app/chats", "/app/chats?status=closed", "/app/chats/chat_nowhere"):
        settled(page, address)
        assert problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
