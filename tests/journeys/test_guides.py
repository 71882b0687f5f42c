"""The admin's guide shows the desk as it is."""

from playwright.sync_api import expect

from tests.journeys import pictures
from tests.journeys.addresses import follow
from tests.journeys.test_settings import go
from tests.support.cast import PASSWORD
from ticketdesk.components.settings_sections import GROUPS

ADMIN = {
    "admin-start": "start",
    "admin-organization": "organization",
    "admin-members": "members",
    "admin-statuses": "statuses",
    "admin-widget": "widget",
    "admin-sla": "sla",
    "admin-rules": "rules",
    "admin-email": "email",
    "admin-webhooks": "webhooks",
    "admin-privacy": "privacy",
    "admin-audit-log": "audit-log",
}


def test_the_admins_guide_shows_every_page_it_tells_of(running, signed_in):
    ada = signed_in("ada", viewport={"width": 1280, "height": 800}, color_scheme="light")
    labels = {section.path: section.label for _, sections in GROUPS for section in sections}
    go(ada, running, "profile")
    for name, path in ADMIN.items():
        follow(ada, f"/app/settings/{path}")
        title = ada.locator(".settings-body:not([aria-busy]) > h2")
        expect(title).to_have_text(labels[f"/app/settings/{path}"])
        pictures.keep(ada, name)
    assert pictures.named_in("admin.md") == {*ADMIN, "admin-portal"}


def test_the_admins_guide_shows_the_portal(running, open_page):
    page = open_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    page.goto(f"{running.url}/portal?organizationId=acme")
    page.get_by_label("Email").fill("jane@customer.example")
    page.get_by_text("Sign in with a password").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Your requests")).to_be_visible()
    pictures.keep(page, "admin-portal")
