"""The form standing alone."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.door.steps import fill_contact, fill_issue, flaws, tickets_named
from tests.support.desk import eventually
from ticketdesk.web import node

ROOT = Path(__file__).parents[3]


def form_at(door: str, page: Page, query: str = "") -> Page:
    page.goto(f"{door}/embed/tickets?organizationId=acme{query}")
    return page


def test_back_keeps_everything(door, open_page) -> None:
    page = form_at(door, open_page())
    fill_contact(page)
    fill_issue(page, "Kept")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Subject")).to_have_value("Kept")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Email")).to_have_value("jane@customer.example")


def test_a_step_with_mistakes_does_not_let_go_and_says_why(door, open_page) -> None:
    page = form_at(door, open_page())
    page.get_by_role("button", name="Next").click()
    name = page.get_by_label("Name")
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description("Please fill this in.")
    expect(name).to_have_attribute("aria-invalid", "true")
    name.fill("Jane")
    expect(name).not_to_have_attribute("aria-invalid", "true")


def test_a_mistake_shows_when_the_field_is_left_and_goes_while_it_is_mended(
    door, open_page
) -> None:
    page = form_at(door, open_page())
    email = page.get_by_label("Email")
    email.press_sequentially("jane@")
    expect(page.get_by_text("Write an address")).to_be_hidden()
    page.get_by_label("Name").focus()
    expect(page.get_by_text("Write an address")).to_be_visible()
    email.press_sequentially("customer.example")
    expect(page.get_by_text("Write an address")).to_be_hidden()


def test_a_draft_survives_a_reload_until_it_is_sent(door, open_page) -> None:
    page = form_at(door, open_page())
    fill_contact(page)
    page.get_by_label("Subject").fill("Half written")
    draft = "Object.values(localStorage).join().includes('Half')"
    eventually(lambda: page.evaluate(draft), "the draft is kept", 10)
    page.reload()
    expect(page.get_by_text("Your draft is back.")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("Subject")).to_have_value("Half written")
    fill_issue(page, "Half written")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Thank you!")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_two_quick_clicks_make_one_ticket(door, open_page, cast) -> None:
    page = form_at(door, open_page())
    fill_contact(page)
    fill_issue(page, "Twice quickly")
    page.get_by_role("button", name="Submit").dblclick()
    expect(page.get_by_text("Thank you!")).to_be_visible()

    assert len(tickets_named(cast.acme, "Twice quickly")) == 1


def test_an_answer_lost_on_the_way_is_asked_for_again_and_makes_no_second_ticket(
    door, open_page, cast
) -> None:
    page = form_at(door, open_page())
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    page.route("**/submit", lose_the_first)
    fill_contact(page)
    fill_issue(page, "Lost answer")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Nothing is lost")).to_be_visible()
    expect(page.get_by_text("Thank you!")).to_be_visible(timeout=10_000)

    assert len(tickets_named(cast.acme, "Lost answer")) == 1


def test_offline_tells_and_sends_when_the_line_is_back(door, open_page, cast) -> None:
    page = form_at(door, open_page())
    fill_contact(page)
    fill_issue(page, "From the train")
    page.context.set_offline(True)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Thank you!")).to_be_visible(timeout=10_000)

    assert len(tickets_named(cast.acme, "From the train")) == 1


def test_questions_appear_with_the_answers_that_call_for_them(
    door, open_page, set_form, cast
) -> None:
    product = {"key": "product", "label": "Product", "kind": "select", "options": ["App", "Web"]}
    version = {"key": "version", "label": "Version", "kind": "text", "required": True}
    set_form(
        customFields=[
            product | {"showWhen": {"category": ["Technical"]}},
            version | {"showWhen": {"product": ["App"]}},
        ]
    )
    page = form_at(door, open_page())
    fill_contact(page)
    expect(page.get_by_label("Product")).to_be_hidden()
    page.get_by_label("Category").select_option("Technical")
    page.get_by_label("Product").select_option("App")
    expect(page.get_by_label("Version")).to_be_visible()
    page.get_by_label("Category").select_option("Billing")
    expect(page.get_by_label("Version")).to_be_hidden()
    page.get_by_label("Category").select_option("Technical")
    page.get_by_label("Version").fill("2.1")
    fill_issue(page, "Conditional")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Thank you!")).to_be_visible()

    (ticket,) = tickets_named(cast.acme, "Conditional")
    assert ticket.custom_fields == {"product": "App", "version": "2.1"}


def test_a_proof_of_work_is_solved_while_the_person_writes(door, open_page, set_form, cast) -> None:
    set_form(captcha="always")
    page = form_at(door, open_page())
    fill_contact(page)
    fill_issue(page, "Proven")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Thank you!")).to_be_visible(timeout=20_000)

    assert len(tickets_named(cast.acme, "Proven")) == 1


def test_what_only_the_server_can_refuse_is_said_beside_its_field(door, open_page) -> None:
    page = form_at(door, open_page())
    fields = {"subject": "Not this one."}
    refusal = {"code": "validation_error", "message": "Please check: subject.", "fields": fields}
    page.route(
        "**/submit",
        lambda route: route.fulfill(status=422, json={"success": False, "error": refusal}),
    )
    fill_contact(page)
    fill_issue(page)
    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_label("Subject")).to_have_accessible_description("Not this one.")


def test_too_many_at_once_waits_and_sends_by_itself(door, open_page) -> None:
    page = open_page()
    page.clock.install()
    form_at(door, page)
    refusal = {"code": "too_many_requests", "message": "Slow down."}
    waits = [True]

    def refuse_once(route: Route) -> None:
        if waits:
            waits.pop()
            body = {"success": False, "error": refusal}
            route.fulfill(status=429, headers={"Retry-After": "90"}, json=body)
        else:
            route.continue_()

    page.route("**/submit", refuse_once)
    fill_contact(page)
    fill_issue(page, "Patient")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("in about 2 min")).to_be_visible()
    page.clock.run_for(91_000)
    expect(page.get_by_text("Thank you!")).to_be_visible()


def test_a_file_shows_its_progress_and_can_be_taken_back(door, open_page) -> None:
    page = form_at(door, open_page())
    fill_contact(page)
    fill_issue(page)
    page.get_by_label("Add files").set_input_files(
        [
            {"name": "a.txt", "mimeType": "text/plain", "buffer": b"first"},
            {"name": "big.txt", "mimeType": "text/plain", "buffer": b"x" * (26 * 2**20)},
        ]
    )
    files = page.locator("#file-list li")
    expect(files).to_have_count(1)
    expect(page.get_by_text("big.txt is larger than 25 MB.")).to_be_visible()
    expect(files.first).to_contain_text("1 KB")
    page.get_by_role("button", name="Remove a.txt").click()
    expect(files).to_have_count(0)


def test_an_upload_under_way_can_be_cancelled(door, open_page) -> None:
    page = form_at(door, open_page())
    held: list[Route] = []
    page.route("**/uploads", lambda route: held.append(route))
    fill_contact(page)
    fill_issue(page)
    page.get_by_label("Add files").set_input_files(
        [{"name": "slow.txt", "mimeType": "text/plain", "buffer": b"slow"}]
    )
    expect(page.get_by_role("progressbar", name="slow.txt")).to_be_attached()
    page.get_by_role("button", name="Cancel slow.txt").click()
    expect(page.locator("#file-list li")).to_have_count(0)


def test_without_scripts_the_form_is_one_page_that_works(door, open_page, cast) -> None:
    page = form_at(door, open_page(java_script_enabled=False))
    page.get_by_label("Name").fill("Jane")
    page.get_by_label("Email").fill("jane@customer.example")
    page.get_by_label("Subject").fill("No scripts")
    page.get_by_label("Description").fill("Plain as that.")
    page.get_by_label("Add files").set_input_files(
        [{"name": "note.txt", "mimeType": "text/plain", "buffer": b"attached"}]
    )
    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_text("Ticket #")).to_be_visible()
    assert len(tickets_named(cast.acme, "No scripts")) == 1
    page.get_by_role("link", name="Follow your ticket").click()


def test_nothing_is_left_in_cookies_and_no_other_host_is_asked(door, open_page) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    form_at(door, page)
    fill_contact(page)

    assert all(url.startswith((door, "data:")) for url in asked)
    assert page.context.cookies() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_no_flaw_in_any_step(door, open_page, theme: str, language: str) -> None:
    page = form_at(door, open_page(), f"&theme={theme}&locale={language}")
    found = flaws(page)
    page.locator("#next").click()
    found += flaws(page)
    page.locator('[name="requesterName"]').fill("Jane")
    page.locator('[name="requesterEmail"]').fill("jane@customer.example")
    page.locator("#next").click()
    found += flaws(page)
    page.locator('[name="subject"]').fill("Axe")
    page.locator('[name="description"]').fill("Looks closely.")
    page.locator("#next").click()
    page.locator("#files").set_input_files(
        [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"first"}]
    )
    expect(page.locator("#file-list .size")).to_contain_text("KB")
    found += flaws(page)
    page.locator("#submit").click()
    expect(page.locator("#done")).to_be_visible()
    found += flaws(page)

    assert found == []


def test_a_screen_reader_hears_steps_fields_and_their_state(door, open_page) -> None:
    page = form_at(door, open_page())
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - heading "How can we help?" [level=1]
        - list "Steps":
          - listitem: Contact
          - listitem: Issue
          - listitem: Attachments
        - group "Contact":
          - text: Name
          - textbox "Name"
          - text: Email
          - textbox "Email"
        - button "Next"
        """
    )


def test_the_page_judges_answers_as_the_server_does() -> None:
    program = """
      const { problem } = await import(process.argv[1]);
      const { readFileSync } = await import("node:fs");
      const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
      const verdicts = cases.map(({ field, answer }) => (problem(field, answer) ?? [null])[0]);
      console.log(JSON.stringify(verdicts));
    """
    cases = ROOT / "tests/embed/answers.json"
    with node.on_path():
        done = subprocess.run(
            ["node", "-e", program, ROOT / "embed_widget/src/form/rules.ts", cases],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    wanted = [case["problem"] for case in json.loads(cases.read_text(encoding="utf-8"))]

    assert json.loads(done.stdout) == wanted
