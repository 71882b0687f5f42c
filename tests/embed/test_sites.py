"""Which sites may frame the form and call its API."""

import pytest

from ticketdesk.services.embed import sites

SHOP = "https://shop.example"
URL = "/api/embed/tickets/submit"
CONFIG = "/api/embed/tickets/form-config"


async def test_a_listed_site_reads_the_answer_and_another_is_refused(
    visitor, set_form, body
) -> None:
    set_form(allowedSites=[SHOP])
    listed = await visitor.post(URL, json=body, headers={"Origin": SHOP})
    other = await visitor.post(URL, json=body, headers={"Origin": "https://evil.example"})

    assert listed.status_code == 201
    assert listed.headers["Access-Control-Allow-Origin"] == SHOP
    assert other.status_code == 403
    assert other.json()["error"]["code"] == "site_not_allowed"
    assert "Access-Control-Allow-Origin" not in other.headers


async def test_our_own_page_is_always_allowed(visitor, set_form, body) -> None:
    set_form(allowedSites=[SHOP])
    answer = await visitor.post(URL, json=body, headers={"Origin": "http://localhost:8000"})

    assert answer.status_code == 201


async def test_a_site_reads_a_refusal_too(visitor, set_form, body) -> None:
    set_form(allowedSites=[SHOP])
    answer = await visitor.post(URL, json=body | {"subject": ""}, headers={"Origin": SHOP})

    assert answer.status_code == 422
    assert answer.headers["Access-Control-Allow-Origin"] == SHOP


async def test_a_preflight_promises_nothing_about_any_organization(visitor) -> None:
    answer = await visitor.options(f"{CONFIG}?organizationId=acme", headers={"Origin": SHOP})

    assert answer.status_code == 204
    assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


async def test_only_listed_sites_may_frame_the_form(visitor, set_form) -> None:
    set_form(allowedSites=[SHOP, "*.acme.example"])
    page = await visitor.get("/embed/tickets?organizationId=acme")

    policy = page.headers["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {SHOP} https://*.acme.example" in policy
    assert "X-Frame-Options" not in page.headers


async def test_a_list_in_which_nothing_is_a_site_lets_nobody_else_in(
    visitor, set_form, body
) -> None:
    set_form(allowedSites=["not a site"])
    page = await visitor.get("/embed/tickets?organizationId=acme")
    other = await visitor.post(URL, json=body, headers={"Origin": "https://evil.example"})

    assert page.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert other.status_code == 403


async def test_without_a_list_any_site_may_frame_the_form(visitor) -> None:
    page = await visitor.get("/embed/tickets?organizationId=acme")

    assert page.headers["Content-Security-Policy"].endswith("frame-ancestors *")


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("shop.example", "https://shop.example"),
        ("HTTPS://Shop.example/cart", "https://shop.example"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("*.shop.example", "https://*.shop.example"),
    ],
)
def test_a_site_may_be_written_as_people_write_it(written: str, source: str) -> None:
    assert sites.sources([written]) == [source]


@pytest.mark.parametrize(
    "nasty", ["javascript:alert(1)", "https://a b", "x'; script-src *", "", "*", "https://shop.*"]
)
def test_what_is_no_site_never_reaches_the_policy(nasty: str) -> None:
    assert sites.sources([nasty]) == []


def test_a_star_stands_for_subdomains_and_not_for_lookalikes() -> None:
    allowed = ["https://*.shop.example"]

    assert sites.allows(allowed, "https://eu.shop.example")
    assert not sites.allows(allowed, "https://evilshop.example")
    assert not sites.allows(allowed, "http://eu.shop.example")
