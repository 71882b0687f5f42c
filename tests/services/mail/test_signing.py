"""Signed addresses and Message-IDs: made, read back, and worth nothing when changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.services.mail.signing import Signer, derive_key

KEY = derive_key(b"k" * 32, "mail")
SIGNER = Signer(KEY, "org_acme")


@given(st.integers(1, 2**31 - 1))
def test_what_was_signed_reads_back(number: int) -> None:
    assert SIGNER.read_plus(SIGNER.plus_address("support@acme.example", number)) == ("t", number)
    assert SIGNER.read_plus(SIGNER.bounce_address("support@acme.example", number)) == ("b", number)
    identity = SIGNER.message_id("out_1", number, "acme.example")
    assert SIGNER.read_message_id(identity) == ("out_1", number)


def test_case_and_domain_may_change_on_the_way() -> None:
    address = SIGNER.plus_address("Support@acme.example", 1001)
    assert SIGNER.read_plus(address.upper()) == ("t", 1001)
    assert SIGNER.read_plus(address.replace("acme.example", "other.example")) == ("t", 1001)


@pytest.mark.parametrize(
    "address",
    [
        SIGNER.plus_address("support@acme.example", 1001).replace("t1001", "t1002"),
        SIGNER.plus_address("support@acme.example", 1001).replace("+t", "+b"),
        Signer(KEY, "org_globex").plus_address("support@acme.example", 1001),
        Signer(derive_key(b"other" * 8, "mail"), "org_acme").plus_address("s@acme.example", 1001),
        "support+t1001@acme.example",
        "support+t1001.@acme.example",
        "support@acme.example",
        "",
    ],
)
def test_anything_else_opens_nothing(address: str) -> None:
    assert SIGNER.read_plus(address) is None


def test_the_local_part_fits_into_sixty_four_characters() -> None:
    local = SIGNER.plus_address("customer.support@acme.example", 2**31).rpartition("@")[0]
    assert len(local) <= 64


def test_each_purpose_has_a_key_of_its_own() -> None:
    assert derive_key(b"k" * 32, "mail") != derive_key(b"k" * 32, "tracking")
