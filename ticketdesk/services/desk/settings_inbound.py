"""How mail comes in: the mailbox, what proves a provider's calls, the addresses to give them."""

from typing import Any
from urllib.parse import quote

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.adapters.email.postmark import PostmarkProvider
from ticketdesk.adapters.email.sendgrid import SendGridProvider
from ticketdesk.adapters.email.ses import SesProvider
from ticketdesk.errors import Invalid
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services import organization_profile
from ticketdesk.services.mail import account_settings
from ticketdesk.services.mail.account_settings import KEPT
from ticketdesk.settings import settings

MAILBOX = ("host", "port", "username", "imapPassword", "folder", "takenFolder", "useTls")
PROOFS = {
    "sendgrid": ("publicKey", "eventsPublicKey"),
    "postmark": ("user", "password"),
    "ses": ("topicArn",),
    "mailgun": ("signingKey",),
}
STEPS: dict[str, tuple[str, ...]] = {
    "sendgrid": SendGridProvider.inbound_steps,
    "postmark": PostmarkProvider.inbound_steps,
    "ses": SesProvider.inbound_steps,
    "mailgun": (
        "Make a route that matches the support address, plus-addresses included.",
        "Let it forward to the address below, with &mime at its end for the raw message.",
        "Enter the HTTP webhook signing key below.",
    ),
}
_SECRET = frozenset({"imapPassword", "password", "publicKey", "eventsPublicKey", "signingKey"})
_TELLS = ("sendgrid", "postmark", "ses")


class Inbound(View):
    """What the page shows; a secret is '' and `kept` names those that are stored."""

    mailbox: dict[str, Any]
    proofs: dict[str, str]
    kept: list[str]
    addresses: dict[str, str]
    events: dict[str, str]
    raw: str
    steps: dict[str, list[str]]


def read(session: Session, actor: Actor) -> Inbound:
    """How mail comes in now, for admins."""
    actor.require(UserRole.ADMIN, writes=False)
    account = account_settings.read(session, actor).account
    box, proofs = account.get("mailbox") or {}, account.get("inbound") or {}
    door = f"{settings().base_url.rstrip('/')}/api/tickets/webhook/email"
    who = quote(organization_profile.read(session, actor).slug)
    return Inbound(
        mailbox={name: _shown(box.get(name)) for name in MAILBOX},
        proofs={n: _shown(proofs.get(n)) for names in PROOFS.values() for n in names},
        kept=sorted(n for n in _SECRET if KEPT in (box.get(n), proofs.get(n))),
        addresses={p: f"{door}?provider={p}&organizationId={who}" for p in PROOFS},
        events={p: f"{door}/events?provider={p}&organizationId={who}" for p in _TELLS},
        raw=door,
        steps={provider: list(steps) for provider, steps in STEPS.items()},
    )


def save_mailbox(session: Session, actor: Actor, given: dict[str, Any]) -> None:
    """Fetch mail from this mailbox from now on; an empty server forgets it.

    Args:
        given: `MAILBOX`, camelCase as typed; an empty password keeps the stored one.

    Raises:
        Invalid: `fields` names what is wrong below `mailbox.`.
    """
    actor.require(UserRole.ADMIN)
    account = account_settings.read(session, actor).account
    before = account.pop("mailbox", None) or {}
    if given.get("host"):
        box = {name: value for name, value in given.items() if value not in ("", None)}
        if not given.get("imapPassword") and before.get("imapPassword"):
            box["imapPassword"] = KEPT
        if not box.get("imapPassword"):
            words = "Write the mailbox's password."
            raise Invalid(words, fields={"mailbox.imapPassword": words})
        account["mailbox"] = box
    account_settings.change(session, actor, account)


def save_proofs(session: Session, actor: Actor, provider: str, given: dict[str, str]) -> None:
    """Believe calls of a provider that fit these; an empty secret stays, an empty name goes.

    Raises `Invalid`.
    """
    actor.require(UserRole.ADMIN)
    if provider not in PROOFS:
        raise Invalid("There is no such provider.")
    account = account_settings.read(session, actor).account
    proofs = dict(account.pop("inbound", None) or {})
    for name in PROOFS[provider]:
        if given.get(name):
            proofs[name] = given[name]
        elif name not in _SECRET:
            proofs.pop(name, None)
    account_settings.change(session, actor, account | ({"inbound": proofs} if proofs else {}))


def _shown(value: Any) -> Any:
    return "" if value is None or value == KEPT else value
