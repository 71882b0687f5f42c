"""The widget on a page of another origin, under a strict policy."""

from playwright.sync_api import FrameLocator, Page, expect

from tests.journeys.door.steps import fill_contact, fill_issue, tickets_named
from tests.support.desk import eventually

ACME = 'data-organization-id="acme"'


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator("eclipse-tickets iframe")


def test_a_visitor_of_another_site_opens_a_ticket(door, shop, open_page, cast) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    heard = "EclipseTickets=[];['ready','opened','step','submitted','closed'].forEach(n=>"
    heard += "EclipseTickets.push(['on',n,d=>(window.heard??=[]).push([n,d])]))"
    page.goto(shop.page(ACME, before=heard))
    launcher = page.get_by_role("button", name="Help")
    expect(launcher).to_be_visible()
    assert [url for url in asked if url.startswith(door)] == [f"{door}/eclipse-ticket-widget.js"]

    launcher.click()
    form = frame_of(page)
    fill_contact(form)
    fill_issue(form, "From the shop")
    form.get_by_label("Add files").set_input_files(
        [{"name": "log.txt", "mimeType": "text/plain", "buffer": b"so it said"}]
    )
    form.get_by_role("button", name="Submit").click()

    expect(form.get_by_text("Thank you!")).to_be_visible()
    (ticket,) = tickets_named(cast.acme, "From the shop")
    expect(form.get_by_text(f"Ticket #{ticket.ticket_number}")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    eventually(lambda: page.evaluate("window.heard.length == 6"), "all events")
    names = [name for name, _ in page.evaluate("window.heard")]
    assert names == ["ready", "opened", "step", "step", "submitted", "closed"]
    assert page.evaluate("window.heard.at(-2)[1].ticketNumber") == ticket.ticket_number
    assert all(url.startswith((door, shop.url)) for url in asked)
    assert page.context.cookies() == []


def test_the_host_page_stays_as_it_was(shop, open_page) -> None:
    page = open_page()
    probe = "() => [Object.keys(window).length, getComputedStyle(document.body).cssText,"
    probe += " document.querySelector('main').outerHTML]"
    page.goto(shop.page())
    before = page.evaluate(probe)
    page.goto(shop.page(ACME))
    expect(page.get_by_role("button", name="Help")).to_be_visible()
    after = page.evaluate(probe)

    assert after[0] - before[0] == 1  # EclipseTickets
    assert after[1:] == before[1:]
    blue = page.get_by_role("button", name="Help").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert blue != "rgb(255, 0, 0)"  # the host's sheet does not reach us either


def test_everything_works_by_keyboard_alone(shop, open_page, cast) -> None:
    page = open_page()
    page.goto(shop.page(ACME))
    expect(page.get_by_role("button", name="Help")).to_be_visible()
    form = frame_of(page)
    press = page.keyboard.press
    page.locator("#buy").focus()
    press("Tab")
    press("Enter")
    expect(form.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Jane")
    press("Tab")
    page.keyboard.type("jane@customer.example")
    press("Enter")
    expect(form.get_by_role("group", name="Issue")).to_be_focused()
    press("Tab")
    press("Tab")
    page.keyboard.type("By keyboard")
    press("Tab")
    page.keyboard.type("No mouse here.")
    press("Tab")
    press("Tab")
    press("Enter")
    expect(form.get_by_role("button", name="Submit")).to_be_visible()
    form.get_by_role("button", name="Submit").press("Enter")
    expect(form.get_by_text("Thank you!")).to_be_focused()
    press("Escape")

    expect(page.locator("eclipse-tickets dialog")).to_be_hidden()
    focused = "document.activeElement.shadowRoot?.activeElement?.textContent"
    eventually(lambda: page.evaluate(focused) == "Help", "the launcher has the focus again")
    assert len(tickets_named(cast.acme, "By keyboard")) == 1


def test_the_page_behind_the_dialog_cannot_be_reached_with_tab(shop, open_page) -> None:
    page = open_page()
    page.goto(shop.page(ACME))
    page.get_by_role("button", name="Help").click()
    expect(frame_of(page).get_by_label("Name")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") != "buy"


def test_on_a_phone_the_form_fills_the_screen(shop, open_page) -> None:
    page = open_page(width=390, height=780, has_touch=True, is_mobile=True)
    page.goto(shop.page(ACME))
    page.get_by_role("button", name="Help").tap()
    expect(page.get_by_role("button", name="Close")).to_be_visible()
    box = page.locator("eclipse-tickets dialog").bounding_box()

    assert box == {"x": 0, "y": 0, "width": 390, "height": 780}


def test_the_same_script_twice_is_one_launcher_and_two_organizations_are_two(
    shop, open_page
) -> None:
    page = open_page()
    page.goto(shop.page(ACME, ACME))
    expect(page.locator("eclipse-tickets")).to_have_count(1)
    page.goto(
        shop.page(
            ACME, 'data-organization-id="globex" data-label="Globex" data-position="bottom-left"'
        )
    )
    expect(page.locator("eclipse-tickets")).to_have_count(2)
    page.evaluate("EclipseTickets.open('globex')")
    expect(page.get_by_role("dialog", name="Globex")).to_be_visible()


def test_it_outlives_a_router_that_swaps_the_page(shop, open_page) -> None:
    page = open_page()
    page.goto(shop.page(ACME))
    expect(page.get_by_role("button", name="Help")).to_be_visible()
    page.evaluate("document.body.replaceWith(document.createElement('body'))")
    expect(page.get_by_role("button", name="Help")).to_be_visible()
    page.evaluate("document.querySelector('eclipse-tickets').remove()")
    expect(page.get_by_role("button", name="Help")).to_be_visible()


def test_what_the_page_knows_is_filled_in_and_what_was_typed_stays(shop, open_page) -> None:
    page = open_page()
    page.goto(shop.page(f'{ACME} data-prefill-name="Jane" data-prefill-email="j@x.example"'))
    page.get_by_role("button", name="Help").click()
    form = frame_of(page)
    expect(form.get_by_label("Name")).to_have_value("Jane")
    form.get_by_label("Email").fill("own@x.example")
    page.evaluate("EclipseTickets.prefill({email: 'other@x.example', subject: 'Order 7'})")
    form.get_by_role("button", name="Next").click()

    expect(form.get_by_label("Subject")).to_have_value("Order 7")
    form.get_by_role("button", name="Back").click()
    expect(form.get_by_label("Email")).to_have_value("own@x.example")
    assert "Jane" not in page.locator("eclipse-tickets iframe").get_attribute("src")


def test_a_strangers_message_is_heard_by_nobody(shop, open_page) -> None:
    page = open_page()
    page.goto(shop.page(ACME))
    page.evaluate("void EclipseTickets.on('submitted', () => window.fooled = true)")
    page.get_by_role("button", name="Help").click()
    form = frame_of(page)
    expect(form.get_by_label("Name")).to_be_visible()
    page.evaluate("postMessage({eclipse: 'submitted', detail: {}}, '*')")
    page.evaluate("postMessage({eclipse: 'close'}, '*')")
    frame = next(one for one in page.frames if "/embed/tickets" in one.url)
    frame.evaluate("postMessage({eclipse: 'prefill', detail: {name: 'Eve'}}, '*')")
    for window in (page, frame):
        # Messages come in the order in which they were posted.
        window.evaluate(
            "new Promise(done => { addEventListener('message', done); postMessage('last', '*') })"
        )

    assert page.evaluate("window.fooled") is None
    expect(page.locator("eclipse-tickets dialog")).to_be_visible()
    expect(form.get_by_label("Name")).to_have_value("")


def test_a_site_that_is_not_listed_gets_a_way_out_instead_of_the_form(
    shop, open_page, set_form
) -> None:
    set_form(allowedSites=["https://shop.example"])
    page = open_page(refused="Framing")
    page.clock.install()
    page.goto(shop.page(ACME))
    page.evaluate("void EclipseTickets.on('error', d => window.failed = d)")
    page.get_by_role("button", name="Help").click()
    page.clock.run_for(16_000)

    expect(page.get_by_role("link", name="Help")).to_be_visible()
    eventually(lambda: page.evaluate("window.failed?.reason == 'frame'"), "the page hears of it")


def test_language_colour_and_side_follow_the_attributes(shop, open_page) -> None:
    page = open_page()
    page.goto(
        shop.page(f'{ACME} data-locale="ar" data-color="#ffcc00" data-position="bottom-left"')
    )
    launcher = page.get_by_role("button", name="مساعدة")
    expect(launcher).to_be_visible()
    assert launcher.bounding_box()["x"] < 100
    colours = launcher.evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    )
    assert colours == ["rgb(255, 204, 0)", "rgb(17, 17, 17)"]
    launcher.click()
    form = frame_of(page)
    expect(form.locator("html")).to_have_attribute("dir", "rtl")
    expect(form.get_by_label("الاسم")).to_be_visible()


def test_without_a_launcher_the_page_opens_the_form_itself(shop, open_page) -> None:
    page = open_page()
    page.goto(shop.page(f"{ACME} data-hide-launcher"))
    eventually(lambda: page.evaluate("!!window.EclipseTickets"), "the loader has run")
    expect(page.get_by_role("button", name="Help")).to_have_count(0)
    page.evaluate("EclipseTickets.open()")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate("EclipseTickets.close()")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_click_beside_the_form_closes_it_and_keeps_what_was_written(shop, open_page) -> None:
    page = open_page()
    page.goto(shop.page(ACME))
    page.get_by_role("button", name="Help").click()
    frame_of(page).get_by_label("Name").fill("Jane")
    page.mouse.click(20, 20)
    expect(page.locator("eclipse-tickets dialog")).to_be_hidden()
    page.get_by_role("button", name="Help").click()
    expect(frame_of(page).get_by_label("Name")).to_have_value("Jane")
