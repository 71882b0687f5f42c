"""Admins find customers, and say whose tickets they see in the portal."""

import pytest
from sqlmodel import Session

from ticketdesk.errors import Stale
from ticketdesk.services.people import change, directory
from ticketdesk.services.people.change import UpdateMember
from ticketdesk.services.portal import tickets
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create


def test_customers_are_found_by_the_beginning_of_a_word_and_staff_are_not(
    session: Session, ada
) -> None:
    def names(words: str) -> list[str]:
        return [one.name for one in directory.list_customers(session, ada, words)]

    assert names("") == ["Jane Doe", "Omar Haddad"]
    assert names("had") == ["Omar Haddad"]
    assert names("grace") == []


def test_whoever_manages_a_company_sees_its_tickets_until_they_do_not(
    session: Session, ada, jane, omar
) -> None:
    command = CreateTicket(
        requester_name="Jane",
        requester_email="jane@customer.example",
        subject="Lamp",
        description="Dark.",
    )
    create(session, jane, command)
    change.update(session, ada, jane.user_id, UpdateMember(company="Customer Ltd"))
    managing = UpdateMember(company="Customer Ltd", manages_company=True)
    change.update(session, ada, omar.user_id, managing)
    assert [one.subject for one in tickets.list_own(session, omar).items] == ["Lamp"]

    change.update(session, ada, omar.user_id, UpdateMember(company=None, manages_company=False))
    assert tickets.list_own(session, omar).items == []


def test_of_two_admins_the_second_is_told(session: Session, ada) -> None:
    jane = directory.list_customers(session, ada, "jane")[0]
    change.update(session, ada, jane.id, UpdateMember(company="One"), version=jane.version)

    with pytest.raises(Stale):
        change.update(session, ada, jane.id, UpdateMember(company="Two"), version=jane.version)
