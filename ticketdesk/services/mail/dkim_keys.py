"""The key that signs mail leaving over SMTP: made here, its private half never shown."""

import base64
import re
from typing import Annotated

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import AfterValidator, Field
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, View
from ticketdesk.services import audit
from ticketdesk.services.mail import accounts
from ticketdesk.services.mail.account_settings import Dkim

_BITS = 2048
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_SELECTOR = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z0-9-]{{2,63}}")


def _domain(name: str) -> str:
    if not _DOMAIN.fullmatch(name):
        raise ValueError("Write a domain such as example.com")
    return name


def _selector(name: str) -> str:
    if not _SELECTOR.fullmatch(name):
        raise ValueError("Write letters, digits, dots and hyphens, such as desk")
    return name


class DkimNames(Command):
    """Under which name of the DNS a key is published (RFC 6376, 3.6.2.1)."""

    domain: Annotated[str, Field(max_length=253), AfterValidator(_domain)]
    selector: Annotated[str, Field(max_length=100), AfterValidator(_selector)]


class DkimRecord(View):
    """What to publish: a TXT record of this name with this value (RFC 6376, 3.6.1)."""

    selector: str
    domain: str
    name: str
    value: str


def read(session: Session, actor: Actor) -> DkimRecord | None:
    """The DNS record of the key in use, or None. A key that cannot be read counts as none."""
    actor.require(UserRole.ADMIN, writes=False)
    kept = accounts.read(session, actor.organization_id).get("dkim")
    if not isinstance(kept, dict):
        return None
    try:
        key = serialization.load_pem_private_key(kept["private_key"].encode(), password=None)
    except (ValueError, TypeError):
        return None
    return _record(kept["selector"], kept["domain"], key.public_key())


def judge(session: Session, actor: Actor, domain: str, selector: str) -> DkimNames:
    """Return the names of a key as they would be kept; it costs no key to ask.

    Raises `Invalid` for a domain or selector that cannot be.
    """
    actor.require(UserRole.ADMIN, writes=False)
    return DkimNames.parse({"domain": domain.strip().lower(), "selector": selector.strip()})


def generate(session: Session, actor: Actor, domain: str, selector: str) -> DkimRecord:
    """Make a new key; mail is signed with it from now on, so publish the record first elsewhere.

    Raises `Invalid` for a domain or selector that cannot be.
    """
    names = judge(session, actor, domain, selector)
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    chosen = Dkim(selector=names.selector, domain=names.domain, private_key=pem.decode())
    account = accounts.read(session, actor.organization_id)
    accounts.store(session, actor, account | {"dkim": chosen.model_dump()})
    audit.record(session, actor, "mail.dkim_key_made", after={"domain": chosen.domain})
    return _record(chosen.selector, chosen.domain, key.public_key())


def forget(session: Session, actor: Actor) -> None:
    """Sign no more; the key is gone."""
    actor.require(UserRole.ADMIN)
    account = accounts.read(session, actor.organization_id)
    account.pop("dkim", None)
    accounts.store(session, actor, account)
    audit.record(session, actor, "mail.dkim_key_forgotten")


def _record(selector: str, domain: str, public_key: object) -> DkimRecord:
    der = public_key.public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    value = f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"
    return DkimRecord(
        selector=selector, domain=domain, name=f"{selector}._domainkey.{domain}", value=value
    )
