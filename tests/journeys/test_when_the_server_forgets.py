"""Redis starts empty while people work: their pages come back right by themselves."""

import pytest
import redis
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("journeys")


def test_a_page_whose_state_is_lost_reads_everything_again_and_keeps_what_is_typed(
    signed_in, running
):
    grace, linus = signed_in("grace"), signed_in("linus")
    grace.goto(f"{running.url}/app/tickets/1136")
    editor = grace.get_by_role("textbox", name="Reply")
    editor.fill("Typed before")
    subject = grace.get_by_role("heading", level=1).inner_text()

    redis.Redis.from_url(running.addresses()[1]).flushall()

    editor.press_sequentially(" and after")
    grace.wait_for_timeout(1500)
    expect(editor).to_have_text("Typed before and after")
    expect(grace.get_by_role("heading", level=1)).to_have_text(subject)
    linus.get_by_role("link", name="Unassigned").click()
    expect(linus.get_by_role("heading", name="Unassigned")).to_be_visible()
    expect(linus.locator("[data-row]").first).to_be_visible()
    editor.fill("")
