"""The composer: texts by `/`, a guard before sending, and taking back what was sent."""

import re

from playwright.sync_api import expect

from tests.journeys.axe import problems
from tests.journeys.looks import flaws
from tests.journeys.test_working_a_ticket import create
from tests.support.cast import PASSWORD


def test_a_reply_is_doubted_set_right_sent_and_taken_back(signed_in):
    page = signed_in("grace")
    create(page, "The lid does not close")
    editor = page.get_by_role("textbox", name="Reply")
    editor.fill("Hello Peter, see the picture attached. {{agent.first_name}}{{agent.nick}}")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("You greet Peter")).to_be_visible()
    expect(page.get_by_text("no file is attached")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Write Jane").click()
    page.get_by_role("button", name="Fill it in").click()
    page.get_by_role("button", name="Take it out").click()
    expect(editor).to_have_text("Hello Jane, see the picture attached. Grace")
    page.get_by_role("button", name="Send anyway").click()
    expect(editor).to_have_text("")
    page.get_by_role("button", name="Undo").click()
    expect(editor).to_have_text("Hello Jane, see the picture attached. Grace")
    expect(page.locator(".item.agent")).to_have_count(0)


def test_a_canned_response_comes_by_its_shortcut_filled_for_the_ticket(signed_in):
    page = signed_in("grace")
    create(page, "Where is my parcel")
    editor = page.get_by_role("textbox", name="Reply")
    editor.press_sequentially("/")
    choices = page.get_by_role("listbox", name="Canned responses")
    expect(choices).to_be_visible()
    editor.press_sequentially("hello")
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("Jane")
    expect(preview).not_to_contain_text("{{")
    assert flaws(page) == []
    editor.press("Enter")
    expect(choices).to_have_count(0)
    expect(editor).not_to_have_text(re.compile(r"^/|\{\{"))
    expect(editor).not_to_have_text("")


def test_what_was_typed_when_a_session_ended_is_there_after_signing_in(
    signed_in, running, complaints
):
    page = signed_in("grace", anew=True)
    create(page, "My session ends")
    editor = page.get_by_role("textbox", name="Reply")
    expect(editor).to_be_visible()
    # Nothing of this reaches the server before the session has ended.
    page.context.set_offline(True)
    editor.fill("Typed too late")
    expect(page.get_by_text("Reconnecting")).to_be_visible()
    page.context.request.post(
        f"{running.url}/logout", headers={"Origin": running.url}, max_redirects=0
    )
    page.context.set_offline(False)
    page.wait_for_url("**/login?next=*")
    page.get_by_label("Email").fill("grace@acme.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(editor).to_have_text("Typed too late")
    # It was Grace's: whoever signs in there next finds nothing of it in the tab.
    page.get_by_role("button", name=re.compile("^Account")).click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url("**/login")
    assert (
        page.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('draft'))") == []
    )
    # A browser complains of a line that is cut; that it was cut is the point.
    complaints[:] = [
        one for one in complaints if "WebSocket" not in one and "INTERNET_DISCON" not in one
    ]


def test_a_reply_lets_the_ticket_wait(signed_in):
    page = signed_in("grace")
    create(page, "Which size fits")
    page.get_by_role("textbox", name="Reply").fill("Hello Jane, which model is it?")
    page.get_by_role("button", name="More ways to send").click()
    page.get_by_role("menuitem", name="Send and set to waiting").click()
    expect(page.get_by_role("combobox", name="Status")).to_contain_text("Waiting")
