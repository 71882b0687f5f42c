"""Finding members by what one types, and making them."""

import pytest
from sqlmodel import Session

from ticketdesk.errors import Conflict, Invalid
from ticketdesk.models.enums import UserRole
from ticketdesk.services import members

EVERYBODY = ["Ada Lovelace", "Grace Hopper", "Jane Doe", "Linus Torvalds", "Omar Haddad"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", EVERYBODY),
        ("GRACE", ["Grace Hopper"]),
        ("hop", ["Grace Hopper"]),
        ("customer.ex", ["Jane Doe", "Omar Haddad"]),
        ("jane@customer.example", ["Jane Doe"]),
        ("jane omar", []),
        ("rac", []),
        ("& | ! ( ) : * '", EVERYBODY),
    ],
)
def test_every_typed_word_begins_a_word_of_name_or_address(
    session: Session, grace, words: str, names: list[str]
) -> None:
    assert [member.name for member in members.search(session, grace, words)] == names


def test_tickets_are_assigned_to_agents_and_admins(session: Session, grace) -> None:
    names = [member.name for member in members.agents(session, grace)]

    assert names == ["Ada Lovelace", "Grace Hopper", "Linus Torvalds"]


def test_an_address_is_a_member_once(session: Session, ada) -> None:
    with pytest.raises(Conflict) as known:
        members.add(session, ada, email="Jane@Customer.example", name="J", role=UserRole.CUSTOMER)
    assert "email" in known.value.fields


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"name": " "}, "name"),
        ({"password": "short"}, "password"),
    ],
)
def test_a_member_needs_an_address_a_name_and_a_long_password(
    session: Session, ada, values: dict, field: str
) -> None:
    given = {"email": "new@acme.example", "name": "New", "role": UserRole.AGENT, **values}

    with pytest.raises(Invalid) as refused:
        members.add(session, ada, **given)
    assert field in refused.value.fields
