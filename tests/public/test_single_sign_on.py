"""Signing in through a real OpenID Connect provider process on loopback."""

import subprocess
import sys
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from tests.support.oidc_provider import CLIENT
from ticketdesk import unit_of_work
from ticketdesk.adapters.oidc import reach
from ticketdesk.adapters.outward import addresses
from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.public.app import public
from ticketdesk.services import single_sign_on
from ticketdesk.services.single_sign_on import SignOnInput
from ticketdesk.settings import settings

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def provider():
    """The provider's address; the process ends with the module."""
    command = [sys.executable, "-m", "tests.support.oidc_provider"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = process.stdout.readline().strip()
        assert port, "the provider does not start"
        yield f"http://127.0.0.1:{port}"
        process.kill()


@pytest.fixture
def browser():
    """A browser at our door."""
    return TestClient(public, base_url=settings().base_url, follow_redirects=False)


def become(provider, email="grace@acme.example", *, verified=True, twist=""):
    person = {"sub": "p1", "email": email, "email_verified": verified, "name": "Somebody"}
    httpx.post(f"{provider}/become", json={"person": person, "twist": twist})


def use(provider, ada, **values):
    body = {
        "issuer": provider,
        "clientId": CLIENT[0],
        "clientSecret": CLIENT[1],
        "allowedDomains": ["acme.example"],
        **values,
    }
    return unit_of_work.as_actor(ada, single_sign_on.save, SignOnInput.parse(body))


def sign_on(browser):
    """Walk to the provider and back, as a browser does."""
    there = browser.get("/login/sso/acme", params={"next": "/app/dashboard"})
    assert there.status_code == 303, there.text
    back = urlsplit(httpx.get(there.headers["location"]).headers["location"])
    return browser.get(f"{back.path}?{back.query}")


def test_a_member_signs_in_with_the_providers_word(browser, provider, ada):
    use(provider, ada)
    become(provider)
    answer = sign_on(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/dashboard")
    assert "ticketdesk_session=" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "twist", ["key", "audience", "issuer", "expired", "nonce", "shared", "party", "none"]
)
def test_a_statement_that_does_not_hold_opens_nothing(browser, provider, ada, twist):
    use(provider, ada)
    become(provider, twist=twist)
    answer = sign_on(browser)
    assert answer.status_code == 502
    assert "ticketdesk_session=" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    ("email", "verified"),
    [
        ("grace@acme.example", False),
        ("nobody@acme.example", True),
        ("grace@elsewhere.example", True),
        ("bo@globex.example", True),
    ],
)
def test_whom_the_organization_does_not_know_stays_outside(browser, provider, ada, email, verified):
    use(provider, ada)
    become(provider, email, verified=verified)
    assert sign_on(browser).status_code == 403


def test_an_unknown_colleague_becomes_an_agent_when_the_organization_wants_it(
    browser, provider, ada
):
    use(provider, ada, makesAgents=True)
    become(provider, "new@acme.example")
    assert sign_on(browser).status_code == 303


def test_a_return_that_did_not_begin_here_is_refused(browser, provider, ada):
    use(provider, ada)
    become(provider)
    assert browser.get("/login/sso/acme/back?code=x&state=y").status_code == 400
    browser.get("/login/sso/acme")
    assert browser.get("/login/sso/acme/back?code=x&state=forged").status_code == 400


def test_an_answer_of_another_provider_is_not_taken(browser, provider, ada):
    use(provider, ada)
    become(provider)
    there = browser.get("/login/sso/acme")
    back = urlsplit(httpx.get(there.headers["location"]).headers["location"])
    answer = browser.get(f"{back.path}?{back.query}&iss=https://evil.example")
    assert answer.status_code == 400
    assert "ticketdesk_session=" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/token",
        "http://127.0.0.2/token",
        "http://2852039166/token",
        "file:///etc/passwd",
        "http://user@127.0.0.1/token",
        "//metadata",
    ],
)
def test_a_provider_leads_nowhere_inside(browser, provider, ada, address):
    use(provider, ada)
    become(provider, twist=f"keys:{address}")
    answer = browser.get("/login/sso/acme")
    assert answer.status_code == 502
    assert "names an address that is none" in answer.text


def test_beginning_again_and_again_is_slowed_down(browser, provider, ada, redis):
    use(provider, ada)
    become(provider)
    codes = [browser.get("/login/sso/acme").status_code for _ in range(62)]
    assert codes[:60] == [303] * 60
    assert codes[-1] == 429


def test_without_a_provider_there_is_nothing_to_begin(browser):
    assert browser.get("/login/sso/acme").status_code == 404
    assert browser.get("/login/sso/unknown").status_code == 404


def test_a_dead_provider_is_a_clear_page(browser, ada, dead_port):
    use(f"http://127.0.0.1:{dead_port}", ada)
    answer = browser.get("/login/sso/acme")
    assert answer.status_code == 502
    assert "does not answer" in answer.text


@pytest.mark.parametrize(
    "values",
    [
        {"issuer": "http://idp.example"},
        {"issuer": "https://169.254.169.254"},
        {"clientSecret": ""},
        {"allowedDomains": ["not a domain"]},
        {"allowedDomains": [], "makesAgents": True},
    ],
)
def test_wrong_settings_are_named(provider, ada, values):
    with pytest.raises(Invalid):
        use(provider, ada, **values)


def test_only_admins_set_it_up_and_the_secret_stays_inside(provider, ada, grace):
    with pytest.raises(Forbidden):
        use(provider, grace)
    view = use(provider, ada)
    assert CLIENT[1] not in view.model_dump_json()
    assert view.redirect_uri.endswith("/login/sso/acme/back")


def test_the_organizations_short_name_leads_to_its_provider(browser):
    assert browser.get("/login/sso").status_code == 200
    answer = browser.get("/login/sso", params={"organization": "Acme", "next": "//evil.example"})
    assert answer.headers["location"] == "/login/sso/acme?next=/"


def test_a_provider_whose_name_leads_inside_the_second_time_is_not_followed(
    browser, provider, ada, monkeypatch
):
    use("https://idp.example", ada)
    answers = iter([["169.254.169.254"], ["127.0.0.1"], ["::ffff:127.0.0.1"]])
    asked = []

    def look_up(host, port):
        asked.append((host, port))
        return next(answers)

    monkeypatch.setattr(addresses, "resolve", look_up)
    for _ in range(3):
        assert browser.get("/login/sso/acme").status_code == 502
    assert asked == [("idp.example", 443)] * 3


def test_a_provider_that_drips_holds_nobody_for_long(browser, provider, ada, monkeypatch):
    use(provider, ada)
    become(provider, twist="drip")
    monkeypatch.setattr(reach, "_LONGEST", 0.3)
    answer = browser.get("/login/sso/acme")
    assert answer.status_code == 502
    assert "does not answer" in answer.text
