"""When a submission must prove itself, and that each proof is good for one submission only."""

import hashlib
from datetime import datetime

from redis import RedisError

from ticketdesk import clock, publisher
from ticketdesk.adapters.captcha import Altcha, Captcha, DevelopmentCaptcha, HCaptcha, Turnstile
from ticketdesk.errors import Forbidden, TicketDeskError, TooMany, Unavailable
from ticketdesk.services.embed import limits
from ticketdesk.services.embed.form_config import PublicForm
from ticketdesk.settings import settings

REQUIRED = "captcha_required"
_WAIT = 60


def captcha_of(form: PublicForm) -> Captcha:
    """Return the captcha an organization chose.

    A hosted service without its secret key cannot check anything: in the demo its twin stands in,
    elsewhere our own proof of work does.
    """
    provider, secret = form.config.captcha.provider, form.captcha_secret
    if provider == "turnstile" and secret:
        return Turnstile(secret)
    if provider == "hcaptcha" and secret:
        return HCaptcha(secret)
    if provider != "altcha" and settings().demo:
        return DevelopmentCaptcha()
    return Altcha(settings().secret_key)


def require(form: PublicForm, answer: str | None, address: str) -> None:
    """Let a submission pass that needs no proof or brings a good one.

    Args:
        answer: the submission's `captcha`, if it has one.
        address: the client's network address.

    Raises:
        Forbidden: `captcha_required`: the form always asks, and the proof is missing or wrong.
        TooMany: `captcha_required`: many arrive at the moment; with a proof it may pass at once.
        Unavailable: the check itself does not answer.
    """
    mode, organization_id = form.config.captcha.mode, form.config.organization_id
    calm = mode == "auto" and limits.is_calm(organization_id, address)
    if mode == "off" or (calm and not answer):
        return
    if answer and _holds(form, answer, address):
        return
    raise _missing() if mode == "auto" else _always()


def _holds(form: PublicForm, answer: str, address: str) -> bool:
    verdict = captcha_of(form).verify(answer, form.config.organization_id, address)
    return verdict.holds and (not verdict.once or _is_first(verdict.once, verdict.until))


def _is_first(name: str, until: datetime | None) -> bool:
    """Claim a proof; it is kept until it would have expired anyway."""
    seconds = max(1, int((until - clock.now()).total_seconds()) + 1) if until else 3600
    key = "door:proof:" + hashlib.sha256(name.encode()).hexdigest()
    try:
        return bool(publisher.connection().set(key, "1", nx=True, ex=seconds))
    except RedisError as error:
        raise Unavailable("We cannot take this at the moment. Please try again soon.") from error


def _always() -> TicketDeskError:
    return Forbidden("Please solve the check against spam first.", code=REQUIRED)


def _missing() -> TicketDeskError:
    return TooMany(
        "Many messages arrive at the moment. Solve the check against spam, or try later.",
        retry_after=_WAIT,
        code=REQUIRED,
    )
