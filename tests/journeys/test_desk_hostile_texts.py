"""What strangers write is shown and never run: in the list, on the ticket, in what one inserts."""

import re

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.addresses import follow
from tests.journeys.lists import listed
from tests.support.hostile_texts import VECTORS
from ticketdesk.ids import new_id

_WATCH = "window.ran = () => { window.__ran = (window.__ran || 0) + 1 }"

# A file may be called "javascript:…", and a field may hold it: neither is an address.
_RUNNABLE = """[...document.querySelectorAll('main *')].flatMap((element) =>
    [...element.attributes]
        .filter(({ name, value }) => name.startsWith('on') || name === 'srcdoc' ||
            (!['download', 'value'].includes(name) && /^\\s*(javascript|vbscript):/i.test(value)))
        .map(({ name, value }) => `${name}=${value}`))"""


@pytest.fixture(scope="module")
def hostile_tickets(running) -> list[int]:
    """One ticket per vector: in its subject, name, texts of all formats, field, tag and file."""
    api = running.sign_in("ada@acme.example")
    numbers = []
    for vector in VECTORS:
        body = {
            "requesterName": f"{vector} Mallory"[:200],
            "requesterEmail": "mallory@customer.example",
            "subject": f"Hostile {vector}"[:300],
            "description": vector,
            "descriptionFormat": "html",
            "customFields": {"orderNumber": vector},
            "tags": ["<img src=x onerror=ran()>"],
        }
        made = api.post("/api/tickets", json=body)
        assert made.status_code == 201, (vector, made.text)
        ticket = made.json()["ticket"]
        for form in ("html", "markdown", "text"):
            said = {"content": f"{vector} ({form})", "contentFormat": form, "isInternal": True}
            answer = api.post(f"/api/tickets/{ticket['id']}/responses", json=said)
            assert answer.status_code == 201, (vector, answer.text)
        name = re.sub(r"[\r\n]", " ", vector)[:80] + ".txt"
        api.post(
            f"/api/tickets/{ticket['id']}/attachments",
            files={"file": (name, b"Hello.", "text/plain")},
        )
        numbers.append(ticket["ticketNumber"])
    api.close()
    return numbers


def innocent(page: Page) -> None:
    """Press everything that was smuggled in, and see that nothing ran."""
    for link in page.locator(".prose a, .row a[href^='javascript'], main a[href^='data:']").all():
        if not re.match(r"https?:|mailto:|tel:|/", link.get_attribute("href") or "/"):
            link.dispatch_event("click")
    assert page.evaluate("window.__ran || 0") == 0


def test_a_list_full_of_hostile_texts_runs_nothing(browser_of, running, hostile_tickets):
    # Without the policy of the page: what counts is that nothing is there to run.
    page = browser_of("grace", bypass_csp=True)
    page.add_init_script(_WATCH)
    for words in ("view=everything&sort=-createdAt", "q=Hostile", "q=press", "tag=x"):
        page.goto(f"{running.url}/app/tickets?{words}")
        page.get_by_role("heading", level=1).wait_for()
        innocent(page)
    rows = listed(page, f"{running.url}/app/tickets?q=Hostile&sort=-createdAt")
    expect(rows.first).to_contain_text("Hostile")
    innocent(page)
    rows.first.get_by_role("checkbox").check()
    page.get_by_role("button", name="Merge").click()
    page.get_by_role("dialog", name=re.compile("^Merge")).wait_for()
    innocent(page)


def test_every_hostile_ticket_is_read_and_nothing_runs(
    browser_of, running, hostile_tickets, complaints
):
    page = browser_of("grace", bypass_csp=True)
    page.add_init_script(_WATCH)
    listed(page, f"{running.url}/app/tickets?q=Hostile")
    for number in hostile_tickets:
        follow(page, f"/app/tickets/{number}?q=Hostile")
        expect(page).to_have_title(re.compile(rf"\b{number}\b"))
        page.get_by_role("tab", name="Reply").wait_for()
        expect(page.locator(".item.note")).to_have_count(3)
        innocent(page)
        assert page.evaluate(_RUNNABLE) == [], number
        assert page.locator("main :is(script, object, embed, base, meta, link)").count() == 0
    # An image that is not there says so in the console; it is no more than that.
    complaints[:] = [one for one in complaints if "Failed to load resource" not in one]


def test_a_hostile_canned_response_is_offered_and_inserted_as_text(
    browser_of, running, hostile_tickets
):
    database, _ = running.addresses()
    with psycopg.connect(database) as connection:
        organization = connection.execute(
            "SELECT id FROM organizations WHERE slug = 'acme'"
        ).fetchone()
        for number, vector in enumerate(VECTORS):
            connection.execute(
                "INSERT INTO canned_responses (id, created_at, organization_id, folder, title,"
                " shortcut, content, version) VALUES (%s, now(), %s, %s, %s, %s, %s, 1)",
                [new_id("canned"), organization[0], "", vector, f"hostile{number}", vector],
            )
    page = browser_of("grace", bypass_csp=True)
    page.add_init_script(_WATCH)
    page.goto(f"{running.url}/app/tickets/{hostile_tickets[0]}")
    page.get_by_role("tab", name="Reply").wait_for()
    editor = page.get_by_role("textbox", name="Reply")
    for number in (0, 3, 10, 25, 34, 36):
        editor.click()
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.type(f"/hostile{number}")
        page.get_by_role("option").first.wait_for()
        innocent(page)
        page.keyboard.press("Enter")
        expect(editor).not_to_have_text(f"/hostile{number}")
        innocent(page)
    with psycopg.connect(database) as connection:
        connection.execute("DELETE FROM canned_responses WHERE shortcut LIKE 'hostile%'")
