"""The real form beside its settings, as they are being changed."""

from playwright.sync_api import FrameLocator, Page, expect

from tests.support import samples


def preview_of(page: Page) -> FrameLocator:
    return page.frame_locator('iframe[title="The form as customers see it"]')


def test_a_field_shows_in_the_form_before_it_is_saved_and_in_other_languages(browser_of, running):
    page = browser_of("ada")
    page.goto(f"{running.url}/app/settings/fields")
    page.get_by_role("button", name="Add field").click()
    page.get_by_label("Label").fill("Favourite colour")
    shown = preview_of(page)

    expect(shown.get_by_label("Favourite colour")).to_be_visible()
    shown.get_by_label("Subject").fill("Nothing is sent")
    shown.get_by_label("Description").fill("From a preview.")
    shown.get_by_role("button", name="Next").click()
    page.get_by_role("combobox", name="Add a language").click()
    page.get_by_role("option", name="Deutsch").click()
    expect(page.get_by_role("group", name="Deutsch")).to_be_visible()


def test_title_and_logo_show_in_the_form_at_once(browser_of, running):
    page = browser_of("ada")
    page.goto(f"{running.url}/app/settings/widget")
    shown = preview_of(page)
    expect(shown.get_by_role("heading", name="How can we help?")).to_be_visible()
    page.get_by_label("Title").fill("Write to the shop")
    expect(shown.get_by_role("heading", name="Write to the shop")).to_be_visible()
    picture = {
        "name": "logo.png",
        "mimeType": "image/png",
        "buffer": samples.picture(size=(600, 200)),
    }
    page.get_by_label("Choose a logo").set_input_files([picture])

    expect(page.get_by_role("img", name="The present logo")).to_be_visible()
    expect(shown.get_by_role("img", name="Acme Support")).to_be_visible()
    # It is the organization's, so its general settings have it, too.
    page.goto(f"{running.url}/app/settings/organization")
    expect(page.get_by_role("img", name="The present logo")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("img", name="The present logo")).to_have_count(0)
