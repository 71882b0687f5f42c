"""Writing: formats, mentions, pictures, copies, macros, and texts that are too long."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.axe import problems
from tests.journeys.looks import flaws
from tests.journeys.test_when_the_server_forgets import is_kept
from tests.journeys.test_working_a_ticket import create
from tests.support.desk import eventually
from tests.support.hostile_texts import VECTORS

PASTE = """(box, [kind, text]) => {
    const data = new DataTransfer();
    data.setData(kind, text);
    data.setData("text/plain", text);
    const paste = { clipboardData: data, bubbles: true, cancelable: true };
    box.dispatchEvent(new ClipboardEvent("paste", paste));
}"""
PASTE_PICTURE = """async (box) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 40;
    canvas.getContext("2d").fillRect(0, 0, 20, 20);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const data = new DataTransfer();
    data.items.add(new File([blob], "image.png", { type: "image/png" }));
    const paste = { clipboardData: data, bubbles: true, cancelable: true };
    box.dispatchEvent(new ClipboardEvent("paste", paste));
}"""


def editor(page: Page, kind: str = "Reply"):
    return page.get_by_role("textbox", name=kind)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()


def test_what_is_written_with_marks_arrives_with_its_formats(signed_in):
    page = signed_in("grace")
    create(page, "How to reset the hub")
    box = editor(page)
    box.press_sequentially("**Hello** Jane,")
    box.press("Enter")
    box.press_sequentially("- first")
    box.press("Enter")
    box.press_sequentially("`reset`, then")
    box.press("Control+b")
    box.press_sequentially(" wait")
    expect(page.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    assert problems(page) == []
    send(page)
    said = page.locator(".item.agent .prose").last
    expect(said.locator("strong").first).to_have_text("Hello")
    expect(said.locator("li").nth(0)).to_have_text("first")
    expect(said.locator("li code")).to_have_text("reset")


def test_a_mentioned_agent_hears_of_it_and_follows(signed_in):
    grace, linus = signed_in("grace"), signed_in("linus")
    number = create(grace, "Smoke from the printer")
    grace.get_by_role("tab", name="Internal note").click()
    box = editor(grace, "Internal note")
    box.press_sequentially("Look at this, @lin")
    agents = grace.get_by_role("listbox", name="Agents")
    expect(agents).to_be_visible()
    assert problems(grace) == []
    box.press("Enter")
    expect(agents).to_have_count(0)
    expect(box.locator("[data-mention]")).to_have_text("@Linus Pauling")
    send(grace)
    expect(grace.locator(".item.note [data-mention]")).to_have_text("@Linus Pauling")
    linus.get_by_role("button", name="Notifications").click()
    expect(linus.get_by_text("Grace Hopper mentioned you").first).to_be_visible()
    linus.goto(linus.url.split("/app/")[0] + f"/app/tickets/{number}")
    expect(linus.locator(".follow")).to_have_attribute("aria-pressed", "true")


def test_a_pasted_picture_stands_in_the_text_and_goes_with_it(signed_in):
    page = signed_in("grace")
    create(page, "What the lamp should look like")
    box = editor(page)
    box.fill("Like this:")
    box.evaluate(PASTE_PICTURE)
    expect(box.locator("img[src]")).to_have_attribute("src", re.compile("^/api/attachments/file_"))
    send(page)
    picture = page.locator(".item.agent .prose img")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 40


def test_copies_are_checked_sent_and_remembered(signed_in):
    page = signed_in("grace")
    create(page, "Offer for two hubs")
    editor(page).fill("Hello Jane, here it is.")
    page.get_by_role("button", name="CC", exact=True).click()
    page.keyboard.type("nonsense,")
    expect(page.get_by_text("“nonsense” is not a mail address.")).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    assert problems(page) == []
    page.get_by_role("textbox", name="CC", exact=True).fill("Omar <omar@customer.example>;")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="BCC", exact=True).click()
    page.keyboard.type("boss@elsewhere.example,")
    send(page)
    expect(page.locator(".item.agent .message-cc")).to_contain_text("omar@customer.example")
    copies = page.get_by_role("group", name="CC", exact=True)
    expect(copies.get_by_text("omar@customer.example")).to_be_visible()
    expect(page.get_by_role("group", name="BCC", exact=True)).to_have_count(0)


def test_a_macro_changes_a_ticket_in_one_click_and_is_taken_back(browser_of, running):
    page = browser_of("grace")
    page.goto(running.url + "/app/settings/canned-responses")
    page.get_by_role("textbox", name="Name", exact=True).fill("Hot")
    page.get_by_role("combobox", name="Set priority").click()
    page.get_by_role("option", name="Critical").click()
    page.get_by_role("button", name="Save macro").click()
    expect(page.get_by_text("Macro saved")).to_be_visible()
    page.goto(running.url + "/app/tickets")
    create(page, "The warehouse stands still")
    page.get_by_role("button", name="Macros").click()
    page.get_by_role("menuitem", name="Hot").click()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("Critical")
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_role("combobox", name="Priority")).to_have_text("High")


def test_a_megabyte_is_told_and_nothing_is_lost(signed_in):
    page = signed_in("grace")
    create(page, "A very long log")
    box = editor(page)
    box.fill("Kept.")
    box.evaluate(PASTE, ["text/html", "x " * 500_000])
    expect(page.get_by_text("What you wrote is unchanged")).to_be_visible()
    expect(box).to_have_text("Kept.")
    assert problems(page) == []
    page.get_by_role("button", name="Attach it as a file").click()
    expect(page.get_by_text("Pasted text.txt")).to_be_visible()
    send(page)
    expect(page.locator(".item.agent .prose")).to_have_text("Kept.")


def test_nothing_pasted_runs_neither_while_writing_nor_when_it_is_read(signed_in, complaints):
    page = signed_in("grace")
    create(page, "Pasted from a bad page")
    page.evaluate("void (window.ran = () => { window.__ran = (window.__ran || 0) + 1 })")
    box = editor(page)
    for vector in VECTORS:
        box.evaluate(PASTE, ["text/html", f"<p>{vector} safe</p>"])
    assert page.evaluate("window.__ran || 0") == 0
    for link in box.locator("a").all():
        assert not (link.get_attribute("href") or "").lower().startswith(("javascript", "data"))
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Send anyway").or_(page.locator(".item.agent")).first.wait_for()
    if page.get_by_role("button", name="Send anyway").is_visible():
        page.get_by_role("button", name="Send anyway").click()
    expect(page.locator(".item.agent")).to_have_count(1)
    assert page.evaluate("window.__ran || 0") == 0
    # The page's policy may say that it stopped what a text tried; that it was tried is no fault.
    complaints[:] = [line for line in complaints if "Content Security Policy" not in line]


def test_a_draft_is_there_again_on_another_device(signed_in, browser_of, running):
    here = signed_in("grace")
    number = create(here, "Half an answer")
    editor(here).press_sequentially("**Half**")
    here.get_by_role("button", name="CC", exact=True).click()
    here.keyboard.type("omar@customer.example,")
    eventually(lambda: is_kept(running, "omar@customer.example"), "the draft is kept")
    there = browser_of("grace")
    there.goto(f"{running.url}/app/tickets/{number}")
    expect(editor(there).locator("strong")).to_have_text("Half")
    expect(there.get_by_role("button", name="Remove omar@customer.example")).to_be_visible()


def test_the_composer_fits_and_has_no_barrier(browser_of, running):
    page = browser_of("grace")
    page.goto(f"{running.url}/app/tickets/1120")
    editor(page).fill("Hello Peter, it is attached. {{ticket.x}}")
    page.get_by_role("button", name="CC", exact=True).click()
    page.keyboard.type("omar@customer.example,")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Take it out")).to_be_visible()
    page.mouse.move(0, 0)
    assert flaws(page) == []
    page.get_by_role("button", name="Take it out").click()
    expect(editor(page)).to_have_text("Hello Peter, it is attached.")
