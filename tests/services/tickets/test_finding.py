"""Finding tickets by words, tags, domains and categories, by both ways the list can take."""

import pytest
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.services.tickets import walking
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.listing import list_tickets


@pytest.fixture(params=["the walk", "the index"], autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the list's own order be long enough, or so short that the index must be asked."""
    if request.param == "the index":
        monkeypatch.setattr(walking, "_STRETCH", 1)


@pytest.fixture(autouse=True)
def _tickets(session: Session, grace: Actor) -> None:
    for subject, name, email, category, tags in (
        ("Blank labels", "Marta Kowalczyk", "marta@bakery.example", "Technical", ["printer"]),
        ("Two invoices", "Printer Jones", "jones@print.example", "Billing", ["it's late", "a\\b"]),
        ("Red light", "Ravi Menon", "ravi@mail.bakery.example", "iPad app", ["hub"]),
    ):
        command = CreateTicket(
            requester_name=name,
            requester_email=email,
            subject=subject,
            description="Please help.",
            category=category,
            tags=tags,
        )
        create(session, grace, command)


def _found(session: Session, actor: Actor, **filters: object) -> list[str]:
    page = list_tickets(session, actor, TicketFilters.parse(filters))
    assert page.total == len(page.tickets)
    return [ticket.subject for ticket in page.tickets]


def test_a_tag_finds_the_tickets_that_carry_it_and_no_namesakes(session, grace) -> None:
    assert _found(session, grace, tag="printer") == ["Blank labels"]
    assert _found(session, grace, q="tag:printer") == ["Blank labels"]


def test_several_tags_are_alternatives(session, grace) -> None:
    assert _found(session, grace, tag="printer,hub") == ["Red light", "Blank labels"]


@pytest.mark.parametrize("tag", ["it's late", "a\\b"])
def test_a_tag_may_have_any_characters(session, grace, tag: str) -> None:
    assert _found(session, grace, tag=tag) == ["Two invoices"]


def test_a_tag_that_nobody_gave_finds_nothing(session, grace) -> None:
    assert _found(session, grace, tag="nothing") == []


def test_a_tag_can_be_excluded(session, grace) -> None:
    assert _found(session, grace, q="-tag:printer") == ["Red light", "Two invoices"]


def test_words_and_a_tag_add_up(session, grace) -> None:
    assert _found(session, grace, q="blank tag:printer") == ["Blank labels"]
    assert _found(session, grace, q="blank tag:hub") == []


def test_a_domain_is_the_whole_one(session, grace) -> None:
    assert _found(session, grace, q="from:@bakery.example") == ["Blank labels"]


@pytest.mark.parametrize("spelling", ['"ipad app"', '"IPAD APP"', '"iPad app"'])
def test_a_category_is_found_however_it_is_spelled(session, grace, spelling: str) -> None:
    assert _found(session, grace, q=f"category:{spelling}") == ["Red light"]


def test_an_unknown_category_finds_nothing(session, grace) -> None:
    assert _found(session, grace, q="category:nowhere") == []


@pytest.mark.parametrize("words", ["1002", "#1002"])
def test_a_number_alone_finds_its_ticket_and_those_that_speak_of_it(session, grace, words) -> None:
    assert _found(session, grace, q=words) == ["Two invoices"]
    command = CreateTicket(
        requester_name="Jane Smith",
        requester_email="jane@customer.example",
        subject="Once more",
        description="As in 1002, please.",
    )
    create(session, grace, command)
    assert _found(session, grace, q=words) == ["Once more", "Two invoices"]
    assert _found(session, grace, q=f"{words} status:closed") == []
    assert _found(session, grace, q=f"{words} late") == []


def test_a_customer_finds_only_own_tickets_by_number(session, grace, jane) -> None:
    command = CreateTicket(
        requester_name="Jane Smith",
        requester_email="jane@customer.example",
        subject="Hers",
        description="Please help.",
    )
    create(session, grace, command)
    assert _found(session, jane, q="1004") == ["Hers"]
    assert _found(session, jane, q="1002") == []


@pytest.mark.parametrize("signs", ["☃", "%", '"!?"', "tag:printer %"])
def test_signs_alone_are_found_nowhere(session, grace, signs: str) -> None:
    assert _found(session, grace, q=signs) == []
