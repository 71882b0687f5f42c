"""Signing in: who gets a session, and for how long it is worth anything."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from tests.support.cast import PASSWORD
from ticketdesk import unit_of_work
from ticketdesk.errors import TooMany, Unauthenticated
from ticketdesk.models import Session as SignInSession
from ticketdesk.models import User
from ticketdesk.services import auth, credentials, organizations
from ticketdesk.services.credentials import resolve
from ticketdesk.services.secrets import token_hash

GRACE = "grace@acme.example"


def test_a_session_is_kept_as_a_hash_only(system_session: Session, redis) -> None:
    fresh = auth.sign_in(system_session, GRACE, PASSWORD)

    row = system_session.exec(select(SignInSession)).one()
    assert row.token_hash == token_hash(fresh.token)
    assert fresh.token not in str(row.model_dump())


def test_an_address_is_compared_without_case_and_blanks(system_session: Session, redis) -> None:
    assert auth.sign_in(system_session, "  Grace@ACME.example ", PASSWORD).user.email == GRACE


def test_the_right_password_forgets_the_wrong_ones(system_session: Session, redis) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(Unauthenticated):
                auth.sign_in(system_session, GRACE, "not-the-password")
        auth.sign_in(system_session, GRACE, PASSWORD)


def test_five_wrong_passwords_lock_the_address_and_nobody_else(
    system_session: Session, redis
) -> None:
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            auth.sign_in(system_session, GRACE, "not-the-password")

    with pytest.raises(TooMany) as locked:
        auth.sign_in(system_session, GRACE, PASSWORD)
    assert 0 < locked.value.retry_after <= 61
    assert auth.sign_in(system_session, "linus@acme.example", PASSWORD)


def test_one_machine_that_tries_everybody_is_locked_out(system_session: Session, redis) -> None:
    for number in range(30):
        with pytest.raises(Unauthenticated):
            auth.sign_in(system_session, f"x{number}@acme.example", "guess", ip_address="10.0.0.9")

    with pytest.raises(TooMany):
        auth.sign_in(system_session, GRACE, PASSWORD, ip_address="10.0.0.9")
    assert auth.sign_in(system_session, GRACE, PASSWORD, ip_address="10.0.0.10")


def test_a_deactivated_member_does_not_sign_in(system_session: Session, redis) -> None:
    system_session.execute(
        text("UPDATE users SET is_active = false WHERE email = :e"), {"e": GRACE}
    )

    with pytest.raises(Unauthenticated):
        auth.sign_in(system_session, GRACE, PASSWORD)


def test_a_member_of_two_organizations_is_told_apart_by_the_password(
    system_session: Session, redis
) -> None:
    organizations.init(
        system_session,
        name="Initech",
        slug="initech",
        email=GRACE,
        password="another-password",
        admin_name="Grace",
    )

    acme = auth.sign_in(system_session, GRACE, PASSWORD).user
    initech = auth.sign_in(system_session, GRACE, "another-password").user

    assert acme.organization_id != initech.organization_id
    with pytest.raises(Unauthenticated):
        auth.sign_in(system_session, GRACE, PASSWORD, organization="initech")


def test_a_session_ends_by_itself_after_two_weeks(system_session: Session, redis, clock) -> None:
    token = auth.sign_in(system_session, GRACE, PASSWORD).token

    clock.shift(auth.LASTS - timedelta(seconds=1))
    assert resolve(system_session, bearer=token).email == GRACE
    clock.shift(timedelta(seconds=1))
    with pytest.raises(Unauthenticated):
        resolve(system_session, bearer=token)


def test_signing_out_ends_this_session_and_no_other(database, redis) -> None:
    first = unit_of_work.across(auth.sign_in, GRACE, PASSWORD).token
    second = unit_of_work.across(auth.sign_in, GRACE, PASSWORD).token

    unit_of_work.call(unit_of_work.Credential(bearer=first), auth.sign_out)

    with pytest.raises(Unauthenticated):
        unit_of_work.resolve(unit_of_work.Credential(session_token=first))
    assert unit_of_work.resolve(unit_of_work.Credential(session_token=second))


def test_a_change_of_role_acts_at_once(system_session: Session, redis) -> None:
    token = auth.sign_in(system_session, GRACE, PASSWORD).token
    before = resolve(system_session, bearer=token).role

    user = system_session.exec(select(User).where(User.email == GRACE)).one()
    user.role = "CUSTOMER"
    system_session.add(user)
    system_session.flush()

    assert (before, resolve(system_session, bearer=token).role) == ("AGENT", "CUSTOMER")


@pytest.mark.parametrize("token", [None, "", "x" * 201, "tds_unknown", "tdk_unknown", "\udcff"])
def test_a_token_that_is_none_is_refused(system_session: Session, token: str | None) -> None:
    with pytest.raises(Unauthenticated):
        credentials.resolve(system_session, bearer=token)


def test_an_api_key_in_the_cookie_is_no_session(system_session: Session, session, ada) -> None:
    with pytest.raises(Unauthenticated):
        credentials.resolve(system_session, session_token="tdk_whatever")
