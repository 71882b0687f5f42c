"""Keeping the widget's settings and the secret of its captcha in one step."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.services import ticket_settings
from ticketdesk.services.embed import captcha_secret
from ticketdesk.services.embed.captcha_secret import KeepSecret
from ticketdesk.services.embed.form_config import own_logo
from ticketdesk.services.embed.sites import sources

_PREFIX = "embedConfig."


def save(
    session: Session,
    actor: Actor,
    embed: dict[str, Any],
    *,
    secret: str,
    forget: bool,
    version: int,
) -> None:
    """Change the public form's settings.

    Args:
        embed: part of `embedConfig`, camelCase.
        secret: the hosted captcha's secret key; '' keeps the stored one.
        forget: whether to forget the stored secret.
        version: the settings' version that was read.

    Raises:
        Invalid: names each wrong field below `embedConfig.`.
        Stale: another admin changed the settings since.
    """
    _refuse(embed)
    ticket_settings.change(session, actor, {"embedConfig": embed}, version=version)
    if forget:
        captcha_secret.keep(session, actor, KeepSecret(secret=None))
    elif secret:
        captcha_secret.keep(session, actor, KeepSecret.parse({"secret": secret}))


def _refuse(embed: dict[str, Any]) -> None:
    """Refuse what would be kept but never work: foreign logos, sites that are none."""
    problems: dict[str, str] = {}
    logo = embed.get("logoUrl")
    if logo and not own_logo(logo):
        problems[f"{_PREFIX}logoUrl"] = "Use a path on this desk, such as /embed/static/logo.svg."
    wrong = [site for site in embed.get("allowedSites", []) if not sources([site])]
    if wrong:
        problems[f"{_PREFIX}allowedSites"] = (
            f"“{wrong[0]}” is no site; write https://shop.example or https://*.shop.example."
        )
    if problems:
        raise Invalid("Please check the form.", fields=problems)
