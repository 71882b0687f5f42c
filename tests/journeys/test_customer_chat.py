"""The chat in a customer's browser beside an agent's: talk, ticket, away, files, barriers."""

import re
from pathlib import Path

import pytest
import redis
from playwright.sync_api import Page, expect

from tests.journeys import chatting
from tests.journeys.chatting import begun, bring, call, heard, introduce, said, say
from tests.journeys.test_for_everybody import problems

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "tickets.png"
SPOKEN = ("en", "de", "fr", "es", "pt", "it", "nl", "ar")


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
        return entered(page, query)

    return opened


def entered(page: Page, query: str = "") -> Page:
    page.goto(f"/embed/chat?organizationId=acme{query}")
    page.locator("html.js").wait_for()
    return page


@pytest.fixture
def at_desk(browser_of, running):
    return chatting.at_desk(browser_of, running.url)


def test_a_customer_and_an_agent_talk_and_the_customer_learns_the_tickets_number(customer, at_desk):
    nora, grace = customer(), at_desk("grace", "/app/chats")
    title = begun(nora)
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
    expect(dialog.get_by_text("Suggested: The chat is escalated.")).to_be_visible()
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


def test_the_same_browser_finds_its_conversation_again_also_in_another_tab(customer):
    nora, stranger = customer(), customer()
    second = entered(nora.context.new_page())
    title = begun(nora)
    expect(said(second, title)).to_be_visible()
    say(second, "Said in the other tab")
    for page in (nora, second):
        expect(said(page, "Said in the other tab")).to_have_count(1)
    nora.reload()
    expect(said(nora, title)).to_be_visible()
    expect(nora.get_by_label("Name")).to_be_hidden()
    expect(said(stranger, title)).to_have_count(0)
    assert nora.context.cookies() == []


def test_another_tab_writes_on_before_the_conversation_has_begun(customer):
    nora = customer()
    second = entered(nora.context.new_page())
    held = []
    nora.route("**/api/embed/chat/start", lambda route: held.append(route))
    introduce(nora)
    say(nora, "The hub is dark")
    pending = second.locator("#outbox").get_by_role("listitem")
    expect(pending).to_have_count(1)
    expect(second.get_by_label("Name")).to_be_hidden()
    say(second, "It blinks")
    expect(pending).to_have_count(2)
    assert len(held) == 1
    held[0].continue_()
    for page in (nora, second):
        for words in ("The hub is dark", "It blinks"):
            expect(said(page, words)).to_have_count(1)
        expect(page.get_by_text("Sending…")).to_have_count(0)


def test_a_broken_line_and_a_reload_lose_and_double_nothing(customer, at_desk, complaints):
    nora, grace = customer(), at_desk("grace", "/app/chats")
    title = begun(nora)
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


def test_who_writes_too_much_is_told_for_how_long_and_it_goes_by_itself(customer, complaints):
    nora = customer()
    begun(nora)
    full = {"success": False, "error": {"code": "too_many", "message": "Wait.", "fields": {}}}
    wait = {"Retry-After": "3"}
    nora.route(
        "**/api/embed/chat/messages",
        lambda route: route.fulfill(status=429, json=full, headers=wait),
        times=1,
    )
    say(nora, "The thirty-first")
    expect(nora.get_by_text("We send yours by itself in 3 s.")).to_be_visible()
    expect(said(nora, "The thirty-first")).to_have_count(1)
    expect(nora.get_by_text("We send yours by itself")).to_be_hidden()
    complaints.clear()


def test_files_are_chosen_pasted_and_dropped_on_both_sides_with_pictures_shown(customer, at_desk):
    nora, grace = customer(), at_desk("grace", "/app/chats")
    title = begun(nora)
    nora.get_by_label("Add files").first.set_input_files(PICTURE)
    bring(nora.get_by_role("textbox", name="Message"), "paste", "pasted.txt", "by paste")
    bring(nora.locator("#composer"), "drop", "dropped.txt", "by drop")
    expect(nora.locator("#file-list").get_by_text("KB")).to_have_count(3)
    say(nora, "This is what I see")
    expect(nora.get_by_role("img", name="tickets.png")).to_be_visible()
    for name, content in (("pasted.txt", b"by paste"), ("dropped.txt", b"by drop")):
        link = nora.get_by_role("link", name=re.compile(name))
        assert nora.request.get(link.get_attribute("href")).body() == content

    grace.get_by_role("link", name=title).click()
    grace.get_by_role("button", name="Look at tickets.png").click()
    expect(grace.get_by_role("dialog").get_by_role("img", name="tickets.png")).to_be_visible()
    grace.keyboard.press("Escape")
    composer = grace.locator(".chat-composer")
    composer.locator("input[type=file]").set_input_files(
        {"name": "steps.txt", "mimeType": "text/plain", "buffer": b"1. Unplug it"}
    )
    box = grace.get_by_role("textbox", name="Message")
    bring(box, "paste", "shot.txt", "by paste")
    bring(box, "drop", "log.txt", "by drop")
    for name in ("steps.txt", "shot.txt", "log.txt"):
        expect(composer.get_by_text(name)).to_be_visible()
    expect(grace.get_by_role("button", name="Send")).to_be_enabled()
    say(grace, "Follow these")
    for name, content in (
        ("steps.txt", b"1. Unplug it"), ("shot.txt", b"by paste"), ("log.txt", b"by drop"),
    ):  # fmt: skip
        link = nora.get_by_role("link", name=re.compile(name))
        expect(link).to_be_visible()
        assert nora.request.get(link.get_attribute("href")).body() == content


def test_the_settings_hold_and_away_hours_lead_to_the_form_with_all_that_was_written(
    customer, at_desk
):
    ada = at_desk("ada", "/app/settings/chat")
    ada.get_by_label("Greeting").fill("Moin! What is it?")
    ada.get_by_role("button", name="Save").click()
    expect(ada.get_by_text("Chat saved")).to_be_visible()
    nora = customer()
    expect(nora.get_by_text("Moin! What is it?")).to_be_visible()
    begun(nora)
    settings = "/api/organization/settings"
    call(ada, "PATCH", settings, {"chat": {"away": True, "greeting": ""}}, 200)
    try:
        nora.reload()
        expect(nora.get_by_text(re.compile("Nobody is here"))).to_be_visible()
        nora.get_by_role("textbox", name="Message").fill("Is <anybody> there?\nPlease & thanks")
        bring(nora.locator("#composer"), "drop", "log.txt", "so it said")
        assert problems(nora) == []
        nora.get_by_role("button", name="Leave a message").click()
        nora.wait_for_url("**/embed/tickets?*")
        expect(nora.get_by_label("Name")).to_have_value("Nora Quist")
        expect(nora.get_by_label("Email")).to_have_value(re.compile("@quist.example"))
        nora.get_by_role("button", name="Next").click()
        expect(nora.get_by_label("Description")).to_have_value(
            "Is <anybody> there?\nPlease & thanks"
        )
        nora.get_by_label("Subject").fill("While you were away")
        nora.get_by_label("Category").select_option(index=1)
        nora.get_by_role("button", name="Next").click()
        expect(nora.get_by_text("log.txt")).to_be_visible()
        assert "carried" not in nora.url
        nora.get_by_role("button", name="Submit").click()
        expect(nora.get_by_text("Thank you!")).to_be_visible()
    finally:
        call(ada, "PATCH", settings, {"chat": {"away": False}}, 200)
    ada.goto("/app/tickets?q=While+you+were+away")
    ada.get_by_role("link", name="While you were away").first.click()
    expect(ada.get_by_text("Is <anybody> there?")).to_be_visible()
    expect(ada.get_by_role("complementary").get_by_text("log.txt")).to_be_visible()


def test_markup_is_only_text_and_a_long_message_is_unfolded_on_both_sides(customer, at_desk):
    nora, grace = customer(), at_desk("grace", "/app/chats")
    markup = "<img src=x onerror=document.title='hit'>"
    title = begun(nora, "<b>bold</b>")
    say(nora, markup)
    say(nora, "y" * 99_000 + " the end")
    expect(nora.get_by_text("Sending…")).to_have_count(0)
    nora.get_by_role("button", name="Show all").click()
    expect(nora.get_by_text(re.compile("the end$"))).to_be_attached()
    grace.get_by_role("link", name=title).click()
    expect(grace.get_by_role("heading", name=title)).to_be_visible()
    expect(heard(grace, markup)).to_be_visible()
    grace.get_by_role("button", name="Show all of it").click()
    expect(grace.get_by_text(re.compile("the end$"))).to_be_attached()
    assert "hit" not in (nora.title(), grace.title())


def test_a_closed_chat_is_told_and_a_new_one_begins(customer, at_desk):
    nora, grace = customer(), at_desk("grace", "/app/chats")
    title = begun(nora)
    grace.get_by_role("link", name=title).click()
    grace.get_by_role("button", name="Close", exact=True).click()
    expect(nora.get_by_text("This chat is closed.")).to_be_visible()
    nora.get_by_role("button", name="Start a new chat").click()
    expect(said(nora, title)).to_have_count(0)
    say(nora, "Something else")
    expect(said(nora, "Something else")).to_be_visible()


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 1440)])
def test_the_customers_chat_has_no_barrier_and_speaks_the_forms_languages(customer, theme, width):
    page = customer(f"&theme={theme}", viewport={"width": width, "height": 800})
    assert problems(page) == []
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Please fill this in.").first).to_be_visible()
    assert problems(page) == []
    titles = set()
    for language in SPOKEN:
        entered(page, f"&theme={theme}&locale={language}")
        html = page.locator("html")
        assert html.get_attribute("lang") == language
        assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        titles.add(page.inner_text("h1"))
    assert len(titles) == len(SPOKEN)
    entered(page, f"&theme={theme}")
    begun(page)
    assert problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
