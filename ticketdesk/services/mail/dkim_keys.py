"""The key that signs mail leaving over SMTP: made here, its private half never shown."""

import base64

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services import audit
from ticketdesk.services.mail import accounts
from ticketdesk.services.mail.account_settings import Dkim

_BITS = 2048


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


def generate(session: Session, actor: Actor, domain: str, selector: str) -> DkimRecord:
    """Make a new key; mail is signed with it from now on, so publish the record first elsewhere.

    Raises `Invalid` for a domain or selector that cannot be.
    """
    actor.require(UserRole.ADMIN)
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    given = {"selector": selector, "domain": domain.strip().lower(), "privateKey": pem.decode()}
    chosen = Dkim.parse(given)
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
