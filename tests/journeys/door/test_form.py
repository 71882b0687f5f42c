"""The form standing alone: filled in, judged while one types, looked at by axe."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import problems
from tests.journeys.door.steps import fill_contact, fill_issue, form_at, tickets_named
from ticketdesk.web import node

ROOT = Path(__file__).parents[3]


def test_back_keeps_everything_without_a_cookie_or_another_host(door, open_page) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    form_at(door, page)
    fill_contact(page)
    fill_issue(page, "Kept")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Subject")).to_have_value("Kept")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Email")).to_have_value("jane@customer.example")

    assert all(url.startswith((door, "data:")) for url in asked)
    assert page.context.cookies() == []


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


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "ar")])
def test_axe_finds_no_flaw_in_any_step(door, open_page, theme: str, language: str) -> None:
    page = form_at(door, open_page(), f"&theme={theme}&locale={language}")
    found = problems(page)
    page.locator("#next").click()
    found += problems(page)
    page.locator('[name="requesterName"]').fill("Jane")
    page.locator('[name="requesterEmail"]').fill("jane@customer.example")
    page.locator("#next").click()
    found += problems(page)
    page.locator('[name="subject"]').fill("Axe")
    page.locator('[name="description"]').fill("Looks closely.")
    page.locator("#next").click()
    page.locator("#files").set_input_files(
        [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"first"}]
    )
    expect(page.locator("#file-list .size")).to_contain_text("KB")
    found += problems(page)
    page.locator("#submit").click()
    expect(page.locator("#done")).to_be_visible()
    found += problems(page)

    assert found == []


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
