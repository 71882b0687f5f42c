"""Keeping how the organization writes and the provider's account in one step."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.services import ticket_settings
from ticketdesk.services.mail import account_settings
from ticketdesk.services.mail.account_settings import KEPT
from ticketdesk.services.text import clean_email

SECRETS = ("password", "apiKey", "token", "secretAccessKey")


def save(
    session: Session,
    actor: Actor,
    email: dict[str, Any],
    account: dict[str, str],
    *,
    version: int,
) -> None:
    """Change the mail settings; parts of the account that are not given stay.

    Args:
        email: part of `emailConfig`, camelCase.
        account: fields of the chosen provider as typed; '' forgets a field but keeps a secret.
        version: the settings' version that was read.

    Raises:
        Invalid: names wrong fields below `emailConfig.` and `account.`.
        Stale: another admin changed the settings since.
    """
    _refuse(email)
    ticket_settings.change(session, actor, {"emailConfig": email}, version=version)
    present = account_settings.read(session, actor).account
    try:
        account_settings.change(session, actor, _merged(present, account))
    except Invalid as error:
        fields = {f"account.{name}": words for name, words in error.fields.items()}
        raise Invalid(error.message, fields=fields) from error


def kept(account: dict[str, Any]) -> dict[str, Any]:
    """Return an account as a form shows it: secrets empty, and which of them are stored."""
    shown = {name: "" if value == KEPT else value for name, value in account.items()}
    return shown | {f"{name}Kept": account.get(name) == KEPT for name in SECRETS}


def _merged(present: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
    merged = dict(present)
    for name, value in given.items():
        if value:
            merged[name] = value
        elif name not in SECRETS:
            merged.pop(name, None)
    return merged


def _refuse(email: dict[str, Any]) -> None:
    problems: dict[str, str] = {}
    for name in ("fromEmail", "replyToEmail"):
        path = f"emailConfig.{name}"
        try:
            if email.get(name):
                clean_email(email[name], path)
        except Invalid as error:
            problems |= error.fields
    if problems:
        raise Invalid("Please check the addresses.", fields=problems)
