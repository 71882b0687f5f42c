"""Turnstile and hCaptcha: asked over HTTP, with a peer of our own in their place."""

import httpx
import pytest

from ticketdesk import db, unit_of_work
from ticketdesk.adapters.captcha import DevelopmentCaptcha, HCaptcha, Turnstile
from ticketdesk.adapters.captcha.development import PASSES
from ticketdesk.errors import Forbidden, Unavailable
from ticketdesk.models import CaptchaSecret
from ticketdesk.services.embed import captcha_secret
from ticketdesk.services.embed.captcha_secret import KeepSecret


def peer(answer: httpx.Response, heard: list[httpx.Request]) -> httpx.Client:
    def respond(request: httpx.Request) -> httpx.Response:
        heard.append(request)
        return answer

    return httpx.Client(transport=httpx.MockTransport(respond))


@pytest.mark.parametrize("service", [Turnstile, HCaptcha])
@pytest.mark.parametrize("verdict", [True, False])
def test_the_service_is_asked_and_its_verdict_counts(service, verdict: bool) -> None:
    heard: list[httpx.Request] = []
    captcha = service("s3cret", peer(httpx.Response(200, json={"success": verdict}), heard))

    assert captcha.verify("token", "org", "203.0.113.7").holds is verdict
    assert str(heard[0].url) == service.address
    assert heard[0].content == b"secret=s3cret&response=token&remoteip=203.0.113.7"


@pytest.mark.parametrize("broken", [httpx.Response(500), httpx.Response(200, text="<html>")])
def test_a_service_that_does_not_answer_lets_nobody_in(broken: httpx.Response) -> None:
    with pytest.raises(Unavailable):
        Turnstile("s3cret", peer(broken, [])).verify("token", "org", "203.0.113.7")


def test_the_twin_accepts_its_one_word() -> None:
    assert DevelopmentCaptcha().verify(PASSES, "org", "").holds
    assert not DevelopmentCaptcha().verify("token", "org", "").holds


def test_the_secret_is_kept_sealed_and_by_admins_only(database, cast, ada, grace) -> None:
    unit_of_work.as_actor(ada, captcha_secret.keep, KeepSecret(secret="0x4AAA"))
    with db.tenant_session(cast.acme) as session:
        assert captcha_secret.of(session, cast.acme) == "0x4AAA"
        assert "0x4AAA" not in session.get_one(CaptchaSecret, cast.acme).sealed
    with pytest.raises(Forbidden):
        unit_of_work.as_actor(grace, captcha_secret.keep, KeepSecret(secret=None))
    unit_of_work.as_actor(ada, captcha_secret.keep, KeepSecret(secret=None))
    with db.tenant_session(cast.acme) as session:
        assert captcha_secret.of(session, cast.acme) is None
