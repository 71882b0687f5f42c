"""The agents' side of chats: live talk, hand-over, tickets, and what must not break it."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys import chatting
from tests.journeys.chatting import fed, feed, heard
from tests.journeys.looks import flaws
from tests.journeys.test_for_everybody import problems, settled

BADGE = re.compile(r"Ticket #\d+ · View")


@pytest.fixture
def at_desk(browser_of, running):
    return chatting.at_desk(browser_of, running.url)


def named(words: str) -> str:
    return f"{words} {uuid.uuid4().hex[:6]}"


def test_a_chat_is_handed_over_answered_live_and_becomes_a_ticket_that_leads_back(at_desk):
    grace, linus = at_desk("grace", "/app/chats"), at_desk("linus", "/app/chats")
    title = named("The till prints twice")
    chat = fed(grace, title, "Every receipt comes twice", escalation="ESCALATED")
    row = linus.get_by_role("listitem").filter(has_text=title)
    expect(row).to_contain_text("Every receipt comes twice")
    expect(row).to_contain_text("Escalated")

    grace.goto(chat)
    grace.get_by_role("combobox", name="Assignee").click()
    grace.get_by_role("option", name="Linus").click()
    expect(linus).to_have_title(re.compile(r"^\(\d+\) "))
    linus.get_by_role("button", name=re.compile("^Notifications")).click()
    notice = linus.get_by_role("link", name=re.compile("Grace Hopper handed you a chat")).first
    expect(notice).to_contain_text(title)
    notice.click()
    linus.wait_for_url(f"**{chat}")

    box = linus.get_by_role("textbox", name="Message")
    box.fill("One line")
    box.press("Shift+Enter")
    box.press_sequentially("and another")
    box.press("Enter")
    expect(box).to_have_value("")
    expect(grace.get_by_text("and another")).to_be_visible()
    feed(linus, chat, "Thank you!")
    expect(heard(grace, "Thank you!")).to_be_visible()

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
    badge = linus.get_by_role("link", name=BADGE)
    expect(badge).to_have_count(1)
    grace.get_by_role("button", name="Create ticket").click()
    expect(dialog.get_by_text("This makes a further one.")).to_be_visible()

    badge.click()
    linus.wait_for_url(re.compile(r"/app/tickets/\d+$"))
    expect(linus.get_by_text("[Chat Transcript]")).to_be_visible()
    expect(linus.get_by_role("combobox", name="Assignee")).to_contain_text("Grace")
    related = linus.get_by_role("complementary")
    expect(related.get_by_text("Created from chat")).to_be_visible()
    related.get_by_role("link", name=title).click()
    linus.wait_for_url(f"**{chat}")
    expect(heard(linus, "Thank you!")).to_be_visible()


def test_a_further_chat_is_linked_to_a_ticket_shown_on_both_sides_and_taken_away(at_desk):
    grace, linus = at_desk("grace", "/app/tickets/1136"), at_desk("linus", "/app/chats")
    title = named("Second talk")
    linus.goto(fed(grace, title, "It is me again"))
    expect(heard(linus, "It is me again")).to_be_visible()
    grace.reload()
    grace.get_by_role("combobox", name="Link a chat").click()
    grace.get_by_role("option", name=re.compile(title)).click()
    expect(grace.get_by_role("complementary").get_by_role("link", name=title)).to_be_visible()
    expect(linus.get_by_role("link", name="Ticket #1136 · View")).to_be_visible()
    grace.get_by_role("button", name=f"Unlink {title}").click()
    expect(grace.get_by_role("complementary").get_by_role("link", name=title)).to_have_count(0)
    expect(linus.get_by_role("link", name="Ticket #1136 · View")).to_have_count(0)


def test_tickets_of_several_chats_are_made_in_one_go_and_the_list_finds_them(at_desk):
    grace = at_desk("grace", "/app/chats")
    titles = [named("The hub is dark") for _ in range(2)]
    for title in titles:
        fed(grace, title, "It blinks")
        grace.get_by_role("listitem").filter(has_text=title).hover()
        grace.get_by_role("checkbox", name=f"Select chat {title}").check()
    grace.get_by_role("button", name="Create tickets").dblclick()
    results = grace.get_by_role("region", name="Tickets from chats")
    expect(results.get_by_text("2 tickets created")).to_be_visible()
    for title in titles:
        expect(results.get_by_text(title)).to_be_visible()
        row = grace.get_by_role("list", name="Chats").get_by_role("listitem")
        expect(row.filter(has_text=title).get_by_text(re.compile(r"#\d+"))).to_have_count(1)
    assert problems(grace) == []
    results.get_by_role("link", name=re.compile("View")).first.click()
    grace.wait_for_url(re.compile(r"/app/tickets/\d+$"))

    grace.goto("/app/tickets?q=blinks")
    grace.get_by_role("combobox", name="Source").click()
    grace.get_by_role("option", name="Created from chat").click()
    grace.wait_for_url(re.compile("source=CHAT"))
    rows = grace.get_by_role("list", name="Tickets").get_by_role("listitem")
    for title in titles:
        expect(rows.filter(has_text=title)).to_contain_text("Created from chat")
    grace.get_by_role("button", name="Clear source").click()
    grace.get_by_role("searchbox", name="Search tickets").fill("source:")
    expect(grace.get_by_role("option", name="Created from chat")).to_be_visible()


def test_a_long_chat_opens_at_its_end_and_earlier_messages_come_on_demand(at_desk):
    grace = at_desk("grace", "/app/chats")
    grace.goto(fed(grace, "A long talk", *(f"Line {number}" for number in range(60))))
    expect(heard(grace, "Line 59")).to_be_in_viewport()
    expect(heard(grace, "Line 9")).to_have_count(0)
    grace.get_by_role("button", name="Earlier messages").click()
    expect(heard(grace, "Line 0")).to_be_attached()
    expect(grace.get_by_role("button", name="Earlier messages")).to_have_count(0)


def test_a_draft_survives_a_reload_and_a_broken_line_loses_and_doubles_nothing(at_desk, complaints):
    grace = at_desk("grace", "/app/chats")
    grace.goto(fed(grace, "A weak line", "Hello?"))
    grace.get_by_role("textbox", name="Message").fill("Half a sentence")
    grace.reload()
    expect(grace.get_by_role("textbox", name="Message")).to_have_value("Half a sentence")
    grace.context.set_offline(True)
    grace.get_by_role("textbox", name="Message").press("Enter")
    expect(grace.get_by_role("list", name="On the way")).to_contain_text("Half a sentence")
    grace.context.set_offline(False)
    expect(heard(grace, "Half a sentence")).to_be_visible()
    expect(grace.get_by_role("list", name="On the way")).to_have_count(0)
    grace.reload()
    expect(heard(grace, "Half a sentence")).to_have_count(1)
    complaints.clear()


def test_an_empty_chat_makes_no_ticket_and_a_closed_one_takes_no_answer(at_desk):
    grace = at_desk("grace", "/app/chats")
    chat = fed(grace, "Nothing yet")
    grace.goto(chat)
    expect(grace.get_by_text("Nothing was said yet.")).to_be_visible()
    grace.get_by_role("button", name="Create ticket").click()
    dialog = grace.get_by_role("dialog", name="Create ticket from chat")
    dialog.get_by_role("button", name="Create ticket").click()
    expect(dialog.get_by_role("alert")).to_contain_text("no messages yet")
    grace.keyboard.press("Escape")

    box = grace.get_by_role("textbox", name="Message")
    box.press_sequentially("/hello")
    expect(grace.get_by_role("listbox", name="Canned responses")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value(re.compile("Jane"))
    box.fill("")

    grace.get_by_role("button", name="Close", exact=True).click()
    expect(grace.get_by_text("This chat is closed.")).to_be_visible()
    expect(box).to_have_count(0)
    grace.get_by_role("button", name="Reopen chat").click()
    expect(box).to_be_visible()


def test_the_chats_have_no_barrier_and_do_not_scroll_sideways(at_desk):
    page = at_desk("grace", "/app/chats")
    chat = fed(page, "The lamp is dark", "Hello", escalation="REQUESTED")
    feed(page, chat, "Have you tried a new bulb?", "BOT")
    feed(page, chat, "I am here.", "AGENT")
    for address in (chat, "/app/chats", "/app/chats?status=closed", "/app/chats/chat_nowhere"):
        settled(page, address)
        assert flaws(page, widths=(390, 1440)) == []
