"""The form on its way: nothing that was written is lost, and nothing is sent twice."""

from playwright.sync_api import Route, expect

from tests.journeys.door.steps import fill_contact, fill_issue, form_at, tickets_named
from tests.support.desk import eventually
from ticketdesk import unit_of_work
from ticketdesk.services import ticket_settings


def test_a_draft_survives_a_reload_until_it_is_sent(door, open_page) -> None:
    page = form_at(door, open_page())
    fill_contact(page)
    page.get_by_label("Subject").fill("Half written")
    draft = "Object.values(localStorage).join().includes('Half')"
    eventually(lambda: page.evaluate(draft), "the draft is kept")
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


def test_answers_lost_on_the_way_are_asked_for_again_and_make_no_second_ticket(
    door, open_page, cast
) -> None:
    page = form_at(door, open_page())
    lost: list[str] = []

    def lose_two(route: Route) -> None:
        lost.append(route.request.url)
        if len(lost) == 1:
            route.fetch()
            route.abort()
        elif len(lost) == 2:
            # A proxy in between says something of its own.
            route.fulfill(status=403, body="<h1>Not now</h1>", content_type="text/html")
        else:
            route.continue_()

    page.route("**/submit", lose_two)
    fill_contact(page)
    fill_issue(page, "Lost answer")
    page.get_by_role("button", name="Submit").click()
    for _ in range(2):
        expect(page.get_by_text("Nothing is lost")).to_be_visible()
        page.get_by_role("button", name="Try now").click()
    expect(page.get_by_text("Thank you!")).to_be_visible()

    assert len(tickets_named(cast.acme, "Lost answer")) == 1


def test_offline_tells_and_sends_when_the_line_is_back(door, open_page, cast) -> None:
    page = form_at(door, open_page())
    fill_contact(page)
    fill_issue(page, "From the train")
    page.context.set_offline(True)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Thank you!")).to_be_visible()

    assert len(tickets_named(cast.acme, "From the train")) == 1


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


def test_a_proof_of_work_is_solved_while_the_person_writes(door, open_page, set_form, cast) -> None:
    set_form(captcha="always")
    page = form_at(door, open_page())
    fill_contact(page)
    fill_issue(page, "Proven")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Thank you!")).to_be_visible()

    assert len(tickets_named(cast.acme, "Proven")) == 1


def test_a_file_shows_its_progress_and_can_be_taken_back(door, open_page, ada) -> None:
    unit_of_work.as_actor(ada, ticket_settings.change, {"files": {"maxFileBytes": 2**20}})
    page = form_at(door, open_page())
    fill_contact(page)
    fill_issue(page)
    page.get_by_label("Add files").set_input_files(
        [
            {"name": "a.txt", "mimeType": "text/plain", "buffer": b"first"},
            {"name": "big.txt", "mimeType": "text/plain", "buffer": b"x" * (2**20 + 1)},
        ]
    )
    files = page.locator("#file-list li")
    expect(files).to_have_count(1)
    expect(page.get_by_text("big.txt is larger than 1 MB.")).to_be_visible()
    expect(files.first).to_contain_text("1 KB")
    page.get_by_role("button", name="Remove a.txt").click()
    expect(files).to_have_count(0)


def test_an_upload_under_way_can_be_cancelled_and_the_rest_is_sent(door, open_page, cast) -> None:
    page = form_at(door, open_page())
    page.route("**/uploads", lambda route: None)
    fill_contact(page)
    fill_issue(page, "Sent without the slow one")
    page.get_by_label("Add files").set_input_files(
        [{"name": "slow.txt", "mimeType": "text/plain", "buffer": b"slow"}]
    )
    expect(page.get_by_role("progressbar", name="slow.txt")).to_be_attached()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Sending…")).to_be_disabled()
    page.get_by_role("button", name="Cancel slow.txt").click()

    expect(page.get_by_text("Thank you!")).to_be_visible()
    assert len(tickets_named(cast.acme, "Sent without the slow one")) == 1


def test_a_file_that_did_not_arrive_is_told_before_anything_is_sent(door, open_page, cast) -> None:
    page = form_at(door, open_page())
    held: list[Route] = []
    page.route("**/uploads", lambda route: held.append(route))
    fill_contact(page)
    fill_issue(page, "Told first")
    page.get_by_label("Add files").set_input_files(
        [{"name": "log.txt", "mimeType": "text/plain", "buffer": b"so it said"}]
    )
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Sending…")).to_be_disabled()
    # As a proxy says it whose own limit is lower than ours.
    held[0].fulfill(status=413, body="<h1>Too large</h1>", content_type="text/html")
    expect(page.locator("#notice")).to_have_text("Upload failed")
    assert tickets_named(cast.acme, "Told first") == []
    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_text("Thank you!")).to_be_visible()


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
