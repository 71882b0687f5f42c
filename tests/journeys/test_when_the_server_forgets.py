"""Redis starts empty, or the web process dies, while people work: nothing typed is lost."""

import psycopg
import redis
from playwright.sync_api import expect

from tests.support.desk import Desk, eventually


def is_kept(running: Desk, words: str) -> bool:
    """Whether a draft on the server holds these words."""
    with psycopg.connect(running.addresses()[0]) as owner:
        kept = "SELECT count(*) FROM drafts WHERE content::text LIKE %s"
        return owner.execute(kept, [f"%{words}%"]).fetchone()[0] > 0


def test_a_page_whose_state_is_lost_reads_everything_again_and_keeps_what_is_typed(
    signed_in, running
):
    grace, linus = signed_in("grace"), signed_in("linus")
    grace.goto(f"{running.url}/app/tickets/1136")
    editor = grace.get_by_role("textbox", name="Reply")
    editor.fill("Typed before")
    subject = grace.get_by_role("heading", level=1).inner_text()
    eventually(lambda: is_kept(running, "Typed before"), "kept")

    redis.Redis.from_url(running.addresses()[1]).flushall()

    # What is kept last was sent after the screen had read everything again.
    editor.press_sequentially(" and after")
    eventually(lambda: is_kept(running, "Typed before and after"), "kept again")
    editor.press_sequentially(", twice")
    eventually(lambda: is_kept(running, "Typed before and after, twice"), "kept once more")
    expect(editor).to_have_text("Typed before and after, twice")
    expect(grace.get_by_role("heading", level=1)).to_have_text(subject)
    linus.get_by_role("link", name="Unassigned").click()
    expect(linus.get_by_role("heading", name="Unassigned")).to_be_visible()
    expect(linus.locator("[data-row]").first).to_be_visible()
    editor.fill("")


def test_a_draft_outlives_a_killed_web_process(browser_of, running, complaints):
    page = browser_of("grace")
    page.goto(f"{running.url}/app/tickets/1131")
    editor = page.get_by_role("textbox", name="Reply")
    editor.fill("Half an answer")
    eventually(lambda: is_kept(running, "Half an answer"), "kept")
    running.kill("web")
    page.get_by_text("Reconnecting").wait_for()
    editor.press_sequentially(" and the rest")
    page.get_by_text("Reconnecting").wait_for(state="detached")
    # The screen was drawn anew, and one writes on where one was.
    expect(editor).to_be_focused()
    page.keyboard.type(".")
    eventually(lambda: is_kept(running, "Half an answer and the rest."), "kept again")
    page.evaluate("sessionStorage.clear(), localStorage.clear()")
    page.reload()
    expect(editor).to_have_text("Half an answer and the rest.")
    # A browser complains of a line that is cut; that it was cut is the point.
    complaints[:] = [one for one in complaints if "WebSocket" not in one]
