"""Turnstile and hCaptcha in the form, with peers of our own for their scripts and their check."""

import pytest
from playwright.sync_api import expect

from tests.journeys.door.steps import fill_contact, fill_issue, tickets_named
from tests.support.captcha_peer import SCRIPT, SECRET
from ticketdesk import unit_of_work
from ticketdesk.services.embed import captcha_secret
from ticketdesk.services.embed.captcha_secret import KeepSecret

SCRIPTS = {
    "turnstile": "https://challenges.cloudflare.com/turnstile/v0/api.js*",
    "hcaptcha": "https://js.hcaptcha.com/1/api.js*",
}


@pytest.fixture
def hosted(set_form, ada):
    """Let acme's form always ask one of the services."""

    def use(provider: str, secret: str = SECRET) -> None:
        set_form(captcha="always", captchaProvider=provider, captchaSiteKey="site-1")
        unit_of_work.as_actor(ada, captcha_secret.keep, KeepSecret(secret=secret))

    yield use
    set_form(captcha="auto", captchaProvider="altcha", captchaSiteKey=None)
    unit_of_work.as_actor(ada, captcha_secret.keep, KeepSecret(secret=None))


def filled(door: str, page, provider: str, subject: str):
    script = SCRIPT.format(name=provider)
    page.route(
        SCRIPTS[provider],
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    page.goto(f"{door}/embed/tickets?organizationId=acme&locale=en")
    fill_contact(page)
    fill_issue(page, subject)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="I am human site-1").click()


@pytest.mark.parametrize("provider", SCRIPTS)
def test_a_person_proves_themselves_to_the_service_the_organization_chose(
    door, open_page, hosted, cast, provider: str
) -> None:
    hosted(provider)
    page = open_page()
    filled(door, page, provider, f"Proven by {provider}")

    expect(page.get_by_text("Thank you!")).to_be_visible()
    assert len(tickets_named(cast.acme, f"Proven by {provider}")) == 1


def test_a_token_that_the_service_does_not_confirm_lets_nobody_in(
    door, open_page, hosted, cast
) -> None:
    hosted("turnstile", secret="another organization's")
    page = open_page()
    filled(door, page, "turnstile", "Not proven")
    # Asked once more; a proof that is refused twice will not get better.
    page.get_by_role("button", name="I am human site-1").click()

    expect(page.locator("#notice")).to_contain_text("check against spam")
    assert tickets_named(cast.acme, "Not proven") == []
