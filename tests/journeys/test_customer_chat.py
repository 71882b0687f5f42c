"""The chat in a customer's browser beside an agent's: talk, ticket, away, files, barriers."""

import re
import uuid
from pathlib import Path

import pytest
import redis
from playwright.sync_api import Page, expect

from tests.journeys.test_for_everybody import problems
from tests.support.desk import eventually

pytestmark = pytest.mark.xdist_group("journeys")

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "tickets.png"


@pytest.fixture(autouse=True)
def _strangers_are_not_counted_together(running):
    """All come from one address here, which soon may begin no more chats."""
    with redis.Redis.from_url(running.addresses()[1]) as desk:
        for key in desk.scan_iter("door*"):
            desk.delete(key)


@pytest.fixture
def customer(open_page, running):
    """Open the chat in a browser of its own, as a stranger."""

    def opened(query: str = "", **options) -> Page:
        phone = {"viewport": {"width": 420, "height": 760}}
        page = open_page(base_url=running.url, **phone | options)
        page.goto(f"/embed/chat?organizationId=acme{query}")
        page.locator("html.js").wait_for()
        return page

    return opened


@pytest.fixture
def at_desk(signed_in, running):
    return lambda name, **options: signed_in(name, base_url=running.url, **options)


def introduce(page: Page) -> None:
    page.get_by_label("Name").fill("Nora Quist")
    page.get_by_label("Email").fill(f"nora-{uuid.uuid4().hex[:8]}@quist.example")


def say(page: Page, words: str) -> None:
    box = page.get_by_role("textbox", name="Message")
    box.fill(words)
    box.press("Enter")


def said(page: Page, words: str):
    return page.get_by_role("log").get_by_text(words, exact=True)


def begun(page: Page, words: str = "The hub is dark") -> str:
    """Begin a conversation and return what it is called at the desk."""
    title = f"{words} {uuid.uuid4().hex[:6]}"
    introduce(page)
    say(page, title)
    expect(said(page, title)).to_be_visible()
    return title


def change_chat(page: Page, **chat) -> None:
    answer = page.request.patch(
        "/api/organization/settings",
        data={"chat": chat},
        headers={"Origin": page.evaluate("location.origin")},
    )
    assert answer.status == 200, answer.text()


def test_a_customer_and_an_agent_talk_and_the_customer_learns_the_tickets_number(customer, at_desk):
    nora, grace = customer(), at_desk("grace")
    title = begun(nora)
    grace.goto("/app/chats")
    row = grace.get_by_role("listitem").filter(has_text=title)
    expect(row.get_by_text("Unread")).to_be_attached()
    grace.get_by_role("link", name=title).click()
    expect(nora.get_by_text("Seen")).to_be_visible()

    box = grace.get_by_role("textbox", name="Message")
    box.press_sequentially("I am")
    expect(nora.get_by_text("Grace is typing…")).to_be_visible()
    box.fill("I am here.")
    box.press("Enter")
    expect(said(nora, "I am here.")).to_be_visible()
    expect(nora.get_by_text("Grace is here")).to_be_visible()
    expect(grace.get_by_text("Seen")).to_be_visible()
    nora.get_by_role("textbox", name="Message").press_sequentially("Thanks")
    expect(grace.get_by_text("Nora Quist is typing…")).to_be_visible()

    grace.get_by_role("button", name="Actions").click()
    grace.get_by_role("menuitem", name="Escalate").click()
    expect(grace.get_by_text("Escalated")).to_be_visible()
    grace.get_by_role("button", name="Create ticket").click()
    dialog = grace.get_by_role("dialog", name="Create ticket from chat")
    expect(dialog.get_by_label("Priority")).to_have_value("URGENT")
    expect(dialog.get_by_text(f"Customer: {title}")).to_be_visible()
    dialog.get_by_role("button", name="Create ticket").click()
    badge = grace.get_by_role("link", name=re.compile(r"Ticket #\d+ · View"))
    expect(badge).to_be_visible()
    number = re.search(r"\d+", badge.inner_text()).group()
    expect(nora.get_by_text(f"Ticket #{number} was created from this chat")).to_be_visible()

    say(nora, "One more thing")
    grace.get_by_role("button", name="Add to the ticket").click()
    expect(grace.get_by_text(f"1 message added to ticket #{number}")).to_be_visible()
    badge.click()
    expect(grace.get_by_text("[Chat Transcript, continued]")).to_be_visible()


def test_the_same_browser_finds_its_conversation_again_and_another_one_does_not(customer):
    nora, stranger = customer(), customer()
    title = begun(nora)
    nora.reload()
    expect(said(nora, title)).to_be_visible()
    expect(nora.get_by_label("Name")).to_be_hidden()
    expect(said(stranger, title)).to_have_count(0)
    assert nora.context.cookies() == []


def test_a_broken_line_and_a_reload_lose_and_double_nothing(customer, at_desk, complaints):
    nora, grace = customer(), at_desk("grace")
    title = begun(nora)
    grace.goto("/app/chats")
    grace.get_by_role("link", name=title).click()
    expect(grace.get_by_role("textbox", name="Message")).to_be_visible()
    nora.context.set_offline(True)
    say(nora, "Said while away")
    expect(nora.get_by_text("Sending…")).to_be_visible()
    expect(nora.get_by_text(re.compile("Nothing is lost"))).to_be_visible()
    say(grace, "Are you there?")
    nora.context.set_offline(False)
    for page in (nora, grace):
        expect(page.get_by_text("Said while away", exact=True)).to_have_count(1)
    expect(said(nora, "Are you there?")).to_have_count(1)
    nora.reload()
    expect(said(nora, "Said while away")).to_have_count(1)
    complaints.clear()


def test_files_go_both_ways_with_pictures_shown(customer, at_desk):
    nora, grace = customer(), at_desk("grace")
    title = begun(nora)
    nora.get_by_label("Add files").first.set_input_files(PICTURE)
    expect(nora.get_by_text("KB")).to_be_visible()
    say(nora, "This is what I see")
    expect(nora.get_by_role("img", name="tickets.png")).to_be_visible()
    grace.goto("/app/chats")
    grace.get_by_role("link", name=title).click()
    grace.get_by_role("button", name="Look at tickets.png").click()
    expect(grace.get_by_role("dialog").get_by_role("img", name="tickets.png")).to_be_visible()
    grace.keyboard.press("Escape")
    grace.locator(".chat-composer input[type=file]").set_input_files(
        {"name": "steps.txt", "mimeType": "text/plain", "buffer": b"1. Unplug it"}
    )
    expect(grace.locator(".chat-composer").get_by_text("steps.txt")).to_be_visible()
    say(grace, "Follow these")
    link = nora.get_by_role("link", name=re.compile("steps.txt"))
    expect(link).to_be_visible()
    assert nora.request.get(link.get_attribute("href")).body() == b"1. Unplug it"


def test_away_hours_lead_to_the_form_and_the_text_comes_along(customer, at_desk):
    ada = at_desk("ada")
    change_chat(ada, away=True)
    try:
        nora = customer()
        expect(nora.get_by_text(re.compile("Nobody is here"))).to_be_visible()
        nora.get_by_role("textbox", name="Message").fill("Is <anybody> there?\nPlease & thanks")
        assert problems(nora) == []
        nora.get_by_role("button", name="Leave a message").click()
        nora.wait_for_url("**/embed/tickets?*")
        nora.get_by_label("Name").fill("Nora Quist")
        nora.get_by_label("Email").fill("nora@quist.example")
        nora.get_by_role("button", name="Next").click()
        expect(nora.get_by_label("Description")).to_have_value(
            "Is <anybody> there?\nPlease & thanks"
        )
        assert "carried" not in nora.url
    finally:
        change_chat(ada, away=False)


def test_markup_is_only_text_and_a_long_message_is_unfolded(customer, at_desk):
    nora, grace = customer(), at_desk("grace")
    title = begun(nora, "<b>bold</b>")
    say(nora, "<img src=x onerror=document.title='hit'>")
    say(nora, "y" * 99_000 + " the end")
    nora.get_by_role("button", name="Show all").click()
    expect(nora.get_by_text(re.compile("the end$"))).to_be_attached()
    grace.goto("/app/chats")
    grace.get_by_role("link", name=title).click()
    expect(grace.get_by_text("<img src=x onerror=document.title='hit'>")).to_be_visible()
    assert nora.title() != "hit"


def test_canned_responses_are_inserted_with_a_slash(customer, at_desk):
    nora, grace = customer(), at_desk("grace")
    title = begun(nora)
    grace.goto("/app/chats")
    grace.get_by_role("link", name=title).click()
    box = grace.get_by_role("textbox", name="Message")
    box.press_sequentially("/hello")
    expect(grace.get_by_role("listbox", name="Canned responses")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value(re.compile("Nora"))


def test_tickets_of_several_chats_are_made_in_one_go(customer, at_desk):
    titles = [begun(customer()) for _ in range(2)]
    grace = at_desk("grace")
    grace.goto("/app/chats")
    for title in titles:
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


def test_a_closed_chat_is_told_and_a_new_one_begins(customer, at_desk):
    nora, grace = customer(), at_desk("grace")
    title = begun(nora)
    grace.goto("/app/chats")
    grace.get_by_role("link", name=title).click()
    grace.get_by_role("button", name="Close", exact=True).click()
    expect(nora.get_by_text("This chat is closed.")).to_be_visible()
    nora.get_by_role("button", name="Start a new chat").click()
    expect(said(nora, title)).to_have_count(0)
    say(nora, "Something else")
    expect(said(nora, "Something else")).to_be_visible()


def test_the_settings_of_the_chat_are_kept(at_desk, customer):
    ada = at_desk("ada")
    ada.goto("/app/settings/chat")
    greeting = ada.get_by_label("Greeting")
    greeting.fill("Moin! What is it?")
    ada.get_by_role("button", name="Save").click()
    expect(ada.get_by_text("Chat saved")).to_be_visible()
    expect(customer().get_by_text("Moin! What is it?")).to_be_visible()
    change_chat(ada, greeting="")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_customers_chat_has_no_barrier(customer, theme, width):
    page = customer(f"&theme={theme}", viewport={"width": width, "height": 800})
    assert problems(page) == []
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Please fill this in.").first).to_be_visible()
    assert problems(page) == []
    begun(page)
    assert problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it", "nl", "ar"])
def test_the_chat_speaks_the_forms_languages(customer, language):
    page = customer(f"&locale={language}")
    html = page.locator("html")
    assert html.get_attribute("lang") == language
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    eventually(lambda: "Chat with us" not in page.inner_text("h1"), "another language", seconds=5)
