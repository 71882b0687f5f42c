"""Time-based codes, their recovery, and signing in with them."""

from xml.etree import ElementTree

import pyotp
import pytest

from tests.support.cast import PASSWORD
from ticketdesk import clock as product_clock
from ticketdesk.errors import Conflict, Invalid, TooMany, Unauthenticated
from ticketdesk.models import User
from ticketdesk.services import auth, second_factor
from ticketdesk.services.sealing import seal
from ticketdesk.services.secrets import hash_password

pytestmark = pytest.mark.usefixtures("redis", "clock")


@pytest.fixture
def session(system_session):
    """Signing in happens before the organization is known."""
    return system_session


def code(secret, *, steps=0):
    return pyotp.TOTP(secret).at(int(product_clock.now().timestamp()) + 30 * steps)


def turn_on(session, actor):
    secret = second_factor.begin(session, actor).secret
    return secret, second_factor.confirm(session, actor, code(secret))


def sign_in(session, given=None):
    return auth.sign_in(session, "grace@acme.example", PASSWORD, code=given)


def test_until_it_is_confirmed_it_asks_for_nothing(session, grace):
    second_factor.begin(session, grace)
    assert sign_in(session).user.name == grace.name


def test_the_picture_to_scan_is_a_document_that_browsers_show(session, grace):
    # Without its namespace an <img> of it stays empty.
    picture = ElementTree.fromstring(second_factor.begin(session, grace).qr_svg)
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"


def test_a_wrong_first_code_does_not_turn_it_on(session, grace):
    second_factor.begin(session, grace)
    with pytest.raises(Invalid):
        second_factor.confirm(session, grace, "000000")


def test_once_on_the_password_alone_gives_a_challenge_and_the_code_the_session(
    session, clock, grace
):
    secret, _ = turn_on(session, grace)
    clock.shift(60)
    with pytest.raises(Unauthenticated) as refused:
        sign_in(session)
    assert refused.value.code == "second_factor_required"
    challenge = refused.value.details["challenge"]
    done = auth.finish_sign_in(session, challenge, code(secret))
    assert done.user.email == "grace@acme.example"


def test_a_challenge_works_for_five_minutes(session, clock, grace):
    secret, _ = turn_on(session, grace)
    with pytest.raises(Unauthenticated) as refused:
        sign_in(session)
    clock.shift(301)
    with pytest.raises(Unauthenticated, match="too long"):
        auth.finish_sign_in(session, refused.value.details["challenge"], code(secret))


def test_a_forged_challenge_is_refused(session, grace):
    turn_on(session, grace)
    with pytest.raises(Unauthenticated):
        auth.finish_sign_in(session, "gAAAAA", "123456")


def test_no_code_works_twice(session, clock, grace):
    secret, _ = turn_on(session, grace)
    clock.shift(60)
    assert sign_in(session, code(secret))
    with pytest.raises(Unauthenticated):
        sign_in(session, code(secret))


def test_the_neighbouring_steps_are_taken_for_clocks_that_are_a_little_off(session, clock, grace):
    secret, _ = turn_on(session, grace)
    clock.shift(120)
    assert sign_in(session, code(secret, steps=-1))
    with pytest.raises(Unauthenticated):
        sign_in(session, code(secret, steps=3))


def test_a_recovery_code_works_once(session, grace):
    _, codes = turn_on(session, grace)
    assert sign_in(session, codes[3].upper().replace("-", " "))
    with pytest.raises(Unauthenticated):
        sign_in(session, codes[3])
    assert second_factor.state_of(session, grace).codes_left == 9


def test_guessing_codes_is_locked_out(session, grace):
    turn_on(session, grace)
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            sign_in(session, "000000")
    with pytest.raises(TooMany):
        sign_in(session, "000000")


def test_half_a_sign_in_is_over_once_another_password_is_chosen(session, clock, grace):
    secret, _ = turn_on(session, grace)
    with pytest.raises(Unauthenticated) as refused:
        sign_in(session)
    session.get(User, grace.user_id).password_hash = hash_password("another long one")
    session.flush()
    clock.shift(60)
    with pytest.raises(Unauthenticated, match="too long"):
        auth.finish_sign_in(session, refused.value.details["challenge"], code(secret))


@pytest.mark.parametrize("sealed", ["", "user", "user_1:2", '{"slug": "acme"}', "a:b:c", "a:9e9:c"])
def test_something_else_that_was_sealed_is_no_challenge(session, grace, sealed):
    with pytest.raises(Unauthenticated):
        auth.finish_sign_in(session, seal(sealed), "000000")


def test_an_open_browser_does_not_let_one_guess_the_password(session, grace):
    turn_on(session, grace)
    for _ in range(5):
        with pytest.raises(Invalid):
            second_factor.turn_off(session, grace, "a guess")
    for verb in (second_factor.turn_off, second_factor.renew_codes):
        with pytest.raises(TooMany):
            verb(session, grace, PASSWORD)


def test_turning_it_off_asks_for_the_password(session, grace):
    turn_on(session, grace)
    with pytest.raises(Invalid):
        second_factor.turn_off(session, grace, "wrong")
    second_factor.turn_off(session, grace, PASSWORD)
    assert sign_in(session)
    with pytest.raises(Conflict):
        second_factor.turn_off(session, grace, PASSWORD)
