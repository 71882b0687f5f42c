"""The public form is set up in a real browser: its look, its questions, its categories."""

import re

from playwright.sync_api import expect

from tests.journeys.test_settings import go, press

# A notice is there, the buttons are in the lowest strip of the window, and it does not cover them.
NOTICE_BESIDE_THE_FOOT = """() => {
  const shown = [...document.querySelectorAll(".toast")];
  const notices = shown.map((one) => one.getBoundingClientRect());
  const foot = document.querySelector(".form-foot").getBoundingClientRect();
  const beside = (one) =>
    one.bottom <= foot.top || one.top >= foot.bottom ||
    one.right <= foot.left || one.left >= foot.right;
  return notices.length > 0 && foot.bottom > innerHeight - 120 && notices.every(beside);
}"""


def test_the_preview_beside_the_widgets_settings_is_the_form_as_it_was_saved(running, browser_of):
    ada = go(browser_of("ada"), running, "widget")
    form = ada.frame_locator("iframe[title='The form as customers see it']")
    expect(ada.get_by_label("Snippet")).to_contain_text('data-organization-id="acme"')
    ada.get_by_label("Title", exact=True).fill("Talk to Acme")
    expect(form.get_by_role("heading", name="Talk to Acme")).to_be_visible()
    press(ada, "Save")
    expect(ada.get_by_text("Widget saved")).to_be_visible()
    expect(form.get_by_role("heading", name="Talk to Acme")).to_be_visible()


def test_a_site_that_is_none_is_refused_beside_its_field(running, browser_of):
    ada = go(browser_of("ada"), running, "widget")
    ada.get_by_label("Sites that may show the form").fill("https://shop.example\nnot a site")
    press(ada, "Save")
    expect(ada.get_by_text("“not a site” is no site")).to_be_visible()


def test_a_field_is_added_with_choices_moved_up_and_asked_in_the_form(running, browser_of):
    ada = go(browser_of("ada"), running, "fields")
    press(ada, "Add field")
    ada.get_by_label("Label", exact=True).fill("Delivery kind")
    expect(ada.get_by_label("Key", exact=True)).to_have_value("deliveryKind")
    ada.get_by_role("combobox", name="Kind", exact=True).click()
    ada.get_by_role("option", name="One of several").click()
    press(ada, "Save fields")
    expect(ada.get_by_text("Give at least one choice.")).to_be_visible()

    ada.get_by_role("combobox", name="Choices", exact=True).click()
    for choice in ("Parcel", "Letter"):
        ada.keyboard.type(choice)
        expect(ada.get_by_role("option", name=f"Add “{choice}”")).to_be_visible()
        ada.keyboard.press("Enter")
        ada.keyboard.press("Control+A")
    ada.keyboard.press("Escape")
    press(ada, "Move Delivery kind up")
    press(ada, "Save fields")
    expect(ada.get_by_text("Fields saved")).to_be_visible()
    go(ada, running, "fields")
    expect(ada.locator(".editor-open strong", has_text="Delivery kind")).to_be_visible()
    names = ada.locator(".editor-open strong").all_inner_texts()
    assert names.index("Delivery kind") == len(names) - 2

    press(ada, "Remove Delivery kind")
    press(ada, "Save fields")
    expect(ada.locator(".editor-open", has_text="Delivery kind")).to_have_count(0)


def test_categories_are_added_translated_renamed_and_removed(running, browser_of):
    ada = go(browser_of("ada"), running, "categories")
    ada.get_by_label("New category").fill("Returns")
    ada.keyboard.press("Enter")
    ada.get_by_role("combobox", name="Add a language").click()
    ada.get_by_role("option", name="Deutsch").click()
    ada.get_by_label("Returns", exact=True).fill("Rücksendungen")
    ada.get_by_label(re.compile(r"^Category \d+$")).last.fill("Goods sent back")
    press(ada, "Save categories")
    expect(ada.get_by_text("Categories saved")).to_be_visible()
    form = ada.context.new_page()
    form.goto(f"{running.url}/embed/tickets?organizationId=acme&locale=de")
    chosen = form.locator("option", has_text="Rücksendungen")
    expect(chosen).to_have_attribute("value", "Goods sent back")
    form.close()

    go(ada, running, "categories")
    expect(ada.get_by_label("Goods sent back", exact=True)).to_have_value("Rücksendungen")
    press(ada, "Remove Goods sent back")
    for width in (390, 1440):
        ada.set_viewport_size({"width": width, "height": 520})
        save = ada.get_by_role("button", name="Save categories")
        save.evaluate("button => button.closest('.form-foot').scrollIntoView({block: 'end'})")
        save.click()
        ada.wait_for_function(NOTICE_BESIDE_THE_FOOT)
    expect(ada.get_by_role("button", name="Remove Goods sent back")).to_have_count(0)


def test_of_two_admins_the_second_is_told_and_overwrites_nothing(running, browser_of):
    first = go(browser_of("ada"), running, "categories")
    second = go(browser_of("ada"), running, "categories")
    first.get_by_label("New category").fill("From the first")
    first.keyboard.press("Enter")
    press(first, "Save categories")
    expect(first.get_by_text("Categories saved")).to_be_visible()
    second.get_by_label("New category").fill("From the second")
    second.keyboard.press("Enter")
    press(second, "Save categories")
    expect(second.get_by_text("Somebody else changed the settings meanwhile")).to_be_visible()
    go(second, running, "categories")
    press(second, "Remove From the first")
    press(second, "Save categories")
    expect(second.get_by_text("Categories saved")).to_be_visible()
