"""Time-based codes beside the password (RFC 6238), with recovery codes for a lost phone."""

import hashlib
import io
import secrets
from dataclasses import dataclass

import pyotp
import segno
from sqlmodel import Session, select

from ticketdesk import clock
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Forbidden, Invalid
from ticketdesk.ids import new_id
from ticketdesk.models import Organization, SecondFactor, User
from ticketdesk.models.enums import UserRole
from ticketdesk.services import audit, lockout
from ticketdesk.services.sealing import seal, unseal
from ticketdesk.services.secrets import password_matches

_STEP = 30
_RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app needs: the secret, the address of it, and a QR code as SVG."""

    secret: str
    uri: str
    qr_svg: str


def is_on(session: Session, user_id: str) -> bool:
    """Return whether a member must give a code."""
    row = _row(session, user_id)
    return row is not None and row.confirmed_at is not None


def begin(session: Session, actor: Actor) -> Enrolment:
    """Make a new secret for the caller; nothing is asked for until `confirm`.

    Raises:
        Conflict: it is on already.
    """
    user_id = _member(actor)
    row = _row(session, user_id, lock=True)
    if row and row.confirmed_at:
        raise Conflict("The second factor is on already. Turn it off first.")
    secret = pyotp.random_base32()
    if row is None:
        row = SecondFactor(
            id=new_id("factor"),
            organization_id=actor.organization_id,
            user_id=user_id,
            sealed_secret="",
        )
    row.sealed_secret, row.last_step = seal(secret), 0
    session.add(row)
    session.flush()
    name = session.exec(
        select(Organization.name).where(Organization.id == actor.organization_id)
    ).one()
    uri = pyotp.TOTP(secret).provisioning_uri(name=actor.email or actor.name, issuer_name=name)
    return Enrolment(secret, uri, _drawn(uri))


def confirm(session: Session, actor: Actor, code: str) -> list[str]:
    """Turn it on with a first code and return the recovery codes, shown this once.

    Raises:
        Invalid: the code is wrong.
        Conflict: nothing was begun, or it is on already.
    """
    row = _row(session, _member(actor), lock=True)
    if row is None or row.confirmed_at:
        raise Conflict("Begin again to turn the second factor on.")
    if not _take_code(row, code):
        raise Invalid("This code is wrong or too old.", fields={"code": "Wrong or too old."})
    row.confirmed_at = clock.now()
    codes = _new_codes(row)
    session.add(row)
    audit.record(
        session, actor, "second_factor.on", subject_id=actor.user_id, subject_name=actor.name
    )
    session.flush()
    return codes


def turn_off(session: Session, actor: Actor, password: str) -> None:
    """Turn it off again; asks for the password.

    Raises:
        Invalid: the password is wrong.
        TooMany: it was wrong too often.
        Conflict: it is not on.
    """
    user_id = _member(actor)
    row = _row(session, user_id, lock=True)
    if row is None or row.confirmed_at is None:
        raise Conflict("The second factor is not on.")
    _require_password(session, user_id, password)
    session.delete(row)
    audit.record(session, actor, "second_factor.off", subject_id=user_id, subject_name=actor.name)
    session.flush()


def renew_codes(session: Session, actor: Actor, password: str) -> list[str]:
    """Return fresh recovery codes; the old ones stop working."""
    user_id = _member(actor)
    row = _row(session, user_id, lock=True)
    if row is None or row.confirmed_at is None:
        raise Conflict("The second factor is not on.")
    _require_password(session, user_id, password)
    codes = _new_codes(row)
    session.add(row)
    session.flush()
    return codes


@dataclass(frozen=True, slots=True)
class FactorState:
    """Whether the caller's second factor is on, and how many recovery codes are left."""

    is_on: bool
    codes_left: int


def state_of(session: Session, actor: Actor) -> FactorState:
    """Return how the caller's second factor stands."""
    row = _row(session, _member(actor))
    if row is None or row.confirmed_at is None:
        return FactorState(False, 0)
    return FactorState(True, len(row.recovery_hashes))


def accepts(session: Session, user_id: str, code: str) -> bool:
    """Check a code of a sign-in and use it up: a time-based or a recovery one.

    Args:
        session: a session of the system role.
    """
    row = _row(session, user_id, lock=True)
    if row is None or row.confirmed_at is None:
        return False
    if _take_code(row, code):
        session.add(row)
        session.flush()
        return True
    hashed = _hash(code)
    if hashed not in row.recovery_hashes:
        return False
    row.recovery_hashes = [known for known in row.recovery_hashes if known != hashed]
    session.add(row)
    session.flush()
    return True


def _drawn(uri: str) -> str:
    """Return the picture as a document of its own: without its namespace no browser shows it."""
    drawn = io.BytesIO()
    segno.make(uri, error="m").save(
        drawn, kind="svg", xmldecl=False, nl=False, scale=4, border=2, dark="#000", light="#fff"
    )
    return drawn.getvalue().decode()


def _take_code(row: SecondFactor, code: str) -> bool:
    """Accept the code of this step or its neighbours, each once."""
    digits = code.replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return False
    totp = pyotp.TOTP(unseal(row.sealed_secret))
    present = int(clock.now().timestamp()) // _STEP
    for step in (present - 1, present, present + 1):
        if step > row.last_step and secrets.compare_digest(totp.at(step * _STEP), digits):
            row.last_step = step
            return True
    return False


def _new_codes(row: SecondFactor) -> list[str]:
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(_RECOVERY_CODES)]
    row.recovery_hashes = [_hash(code) for code in codes]
    return codes


def _hash(code: str) -> str:
    plain = code.strip().lower().replace("-", "").replace(" ", "")
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def _row(session: Session, user_id: str, *, lock: bool = False) -> SecondFactor | None:
    query = select(SecondFactor).where(SecondFactor.user_id == user_id)
    return session.exec(query.with_for_update() if lock else query).first()


def _member(actor: Actor) -> str:
    actor.require(UserRole.CUSTOMER)
    if actor.user_id is None:
        raise Forbidden("An API key has no second factor.")
    return actor.user_id


def _require_password(session: Session, user_id: str, password: str) -> None:
    user = session.get_one(User, user_id)
    # Whoever found an open browser may not guess on and on.
    lockout.require_open(user.email, None)
    if not password_matches(user.password_hash, password):
        lockout.count_failure(user.email, None)
        raise Invalid("The password is wrong.", fields={"password": "Wrong."})
