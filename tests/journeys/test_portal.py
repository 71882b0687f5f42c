"""Customers in the portal, in a real browser: with scripts, without, and for everybody."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import problems
from tests.journeys.looks import resize
from tests.support.cast import PASSWORD


def enter(page: Page, running, name: str) -> Page:
    page.goto(f"{running.url}/portal?organizationId=acme")
    page.get_by_label("Email").fill(f"{name}@customer.example")
    page.get_by_text("Sign in with a password").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Your requests")).to_be_visible()
    return page


def test_a_customer_asks_without_a_script_and_an_agent_answers(browser, running, browser_of):
    context = browser.new_context(java_script_enabled=False)
    jane = enter(context.new_page(), running, "jane")
    jane.get_by_role("link", name="New request").click()
    jane.get_by_label("Subject").fill("The lamp in the hall")
    jane.get_by_label("Description").fill("It flickers since Monday.")
    jane.get_by_label("Add files").set_input_files(
        {"name": "lamp.txt", "mimeType": "text/plain", "buffer": b"a lamp"}
    )
    jane.get_by_role("button", name="Send request").click()
    expect(jane.get_by_text("Your request has number")).to_be_visible()
    number = re.search(r"/tickets/(\d+)", jane.url).group(1)

    grace = browser_of("grace")
    grace.goto(f"{running.url}/app/tickets/{number}")
    expect(grace.get_by_role("heading", name="The lamp in the hall")).to_be_visible()
    expect(grace.get_by_text("It flickers since Monday.")).to_be_visible()
    answer = {"content": "Try another bulb.", "isInternal": False}
    origin = {"Origin": running.url}
    sent = grace.request.post(
        f"{running.url}/api/tickets/{number}/responses", data=answer, headers=origin
    )
    assert sent.status == 201, sent.text()

    jane.reload()
    expect(jane.get_by_text("Try another bulb.")).to_be_visible()
    expect(jane.get_by_role("link", name="lamp.txt")).to_be_visible()
    jane.get_by_label("Your answer").fill("That was it, thank you.")
    jane.get_by_role("button", name="My problem is solved").click()
    expect(jane.get_by_text("The ticket is closed.")).to_be_visible()
    expect(jane.get_by_text("That was it, thank you.")).to_be_visible()
    jane.get_by_role("button", name="Sign out").click()
    expect(jane.get_by_role("heading", name="Sign in to your requests")).to_be_visible()
    context.close()


def test_no_page_of_the_portal_has_a_barrier(open_page, running):
    page = open_page()
    page.goto(f"{running.url}/portal")
    found = {"door": flaws(page)}
    enter(page, running, "jane")
    for name, path in {
        "list": "/portal",
        "nothing": "/portal?q=nothing-like-this",
        "new": "/portal/tickets/new",
    }.items():
        page.goto(running.url + path)
        found[name] = flaws(page)
    page.goto(f"{running.url}/portal")
    page.locator(".requests a").first.click()
    page.locator("#answer").wait_for()
    found["ticket"] = flaws(page)
    assert {name: list_ for name, list_ in found.items() if list_} == {}


def flaws(page: Page) -> list[str]:
    found = []
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for width in (390, 1440):
            resize(page, width)
            barriers = problems(page, colours=theme == "dark")
            found += [f"{theme}, {width} px: {words}" for words in barriers]
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                found.append(f"scrolls sideways at {width} px")
    return found


def test_an_answer_appears_by_itself_and_what_is_being_typed_stays(open_page, running, browser_of):
    page = enter(open_page(), running, "jane")
    page.locator(".requests a").first.click()
    page.get_by_label("Your answer").fill("Half a sentence")
    number = re.search(r"/tickets/(\d+)", page.url).group(1)
    answer = {"content": "We have looked into it.", "isInternal": False}
    sent = browser_of("grace").request.post(
        f"{running.url}/api/tickets/{number}/responses",
        data=answer,
        headers={"Origin": running.url},
    )
    assert sent.status == 201, sent.text()
    expect(page.get_by_text("We have looked into it.")).to_be_visible()
    expect(page.locator("#news")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("Half a sentence")


def test_the_list_is_narrowed_and_searched_with_the_keyboard_alone(open_page, running):
    page = enter(open_page(), running, "jane")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("invoices")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("Two invoices"))).to_be_visible()
    expect(page.locator(".requests li")).to_have_count(1)
    page.get_by_role("link", name="Done").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing found.")).to_be_visible()
