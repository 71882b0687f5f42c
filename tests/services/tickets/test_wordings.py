"""What several words mean: beginnings where tickets are few, whole words where they are many."""

import pytest
from sqlmodel import Session

from tests.api.test_listing import counted
from tests.services.tickets.threads import row, ticket
from ticketdesk.actor import Actor
from ticketdesk.services.search_words import finished_query
from ticketdesk.services.tickets import listing, walking, wordings
from ticketdesk.services.tickets.filters import TicketFilters
from ticketdesk.services.tickets.listing import list_tickets

SUBJECTS = ("Printout jams", "Prints jammed", "Printer jam", "Print jam", "Printing stopped")


@pytest.fixture(params=["the walk", "the index"], autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the list's own order be long enough, or so short that the index must be asked."""
    if request.param == "the index":
        monkeypatch.setattr(walking, "_STRETCH", 1)


@pytest.fixture(autouse=True)
def ids(session: Session, grace: Actor, clock) -> dict[str, str]:
    """The tickets' identifiers by subject, oldest first."""
    made = {}
    for subject in SUBJECTS:
        clock.shift(60)
        made[subject] = ticket(session, grace, subject=subject).id
    return made


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the organization's few tickets be many."""
    monkeypatch.setattr(wordings, "LARGE", 0)


def _found(session: Session, actor: Actor, words: str) -> set[str]:
    filters = TicketFilters.parse({"q": words})
    page = list_tickets(session, actor, filters)
    assert page.total == len(page.tickets)
    assert listing.count(session, actor, filters) == (page.total, False)
    counts = listing.count_each(session, actor, {"it": filters, "none": TicketFilters(q="no one")})
    assert counts == {"it": (page.total, False), "none": (0, False)}
    return {found.subject for found in page.tickets}


def test_where_tickets_are_few_every_word_is_a_beginning(session, grace) -> None:
    jams = {"Printout jams", "Prints jammed", "Printer jam", "Print jam"}
    assert _found(session, grace, "print jam") == jams
    assert _found(session, grace, "pri jam") == jams


@pytest.mark.usefixtures("large")
def test_where_they_are_many_a_finished_word_is_whole_with_its_usual_endings(session, grace):
    whole = {"Prints jammed", "Printer jam", "Print jam"}
    assert _found(session, grace, "print jam") == whole
    assert _found(session, grace, "print jamm") == {"Prints jammed"}
    assert _found(session, grace, "jam print") == {"Printer jam", "Print jam", "Printout jams"}


@pytest.mark.usefixtures("large")
def test_finished_words_that_nothing_has_are_beginnings(session, grace) -> None:
    jams = {"Printout jams", "Prints jammed", "Printer jam", "Print jam"}
    assert _found(session, grace, "pri jam") == jams
    assert _found(session, grace, "pri nothing") == set()


@pytest.mark.usefixtures("large")
def test_one_word_and_words_in_quotes_mean_what_they_always_do(session, grace) -> None:
    assert _found(session, grace, "pri") == set(SUBJECTS)
    assert _found(session, grace, '"print jam"') == {"Print jam"}
    assert _found(session, grace, 'pri "jam"') == {"Printer jam", "Print jam"}


@pytest.mark.usefixtures("large")
def test_pages_go_on_in_what_the_first_one_meant(session, grace) -> None:
    for words, total in (("print jam", 3), ("pri jam", 4)):
        filters, cursor, found = TicketFilters(q=words), None, []
        while cursor or not found:
            page = list_tickets(session, grace, filters, cursor=cursor, limit=1)
            found += [one.subject for one in page.tickets]
            cursor = page.next_cursor
        assert len(found) == len(set(found)) == total


@pytest.mark.usefixtures("large")
def test_the_ticket_below_is_the_next_of_what_was_meant(session, grace, ids) -> None:
    def below(subject: str, words: str) -> str | None:
        here, filters = row(session, ids[subject]), TicketFilters(q=words)
        found = listing.neighbour(session, grace, filters, here, before=False)
        return found.subject if found else None

    assert below("Print jam", "print jam") == "Printer jam"
    assert below("Prints jammed", "print jam") is None
    assert below("Prints jammed", "pri jam") == "Printout jams"
    assert below("Printout jams", "pri jam") is None


@pytest.mark.usefixtures("large")
def test_a_customer_s_few_tickets_are_searched_by_beginnings(session, jane) -> None:
    page = list_tickets(session, jane, TicketFilters(q="print jam"))
    assert "Printout jams" in {found.subject for found in page.tickets}


@pytest.mark.usefixtures("large")
def test_what_words_mean_costs_no_statement_but_the_one_for_the_size(session, grace, monkeypatch):
    def statements(words: str) -> int:
        session.flush()
        session.expire_all()
        with counted() as run:
            list_tickets(session, grace, TicketFilters(q=words))
        return len(run)

    of_one_word, of_two, of_many = map(statements, ("print", "print jam", "prints print jam"))
    assert of_many == of_two == of_one_word + 1


@pytest.mark.usefixtures("large")
def test_counting_views_takes_as_many_statements_however_many_they_are(session, grace) -> None:
    def statements(*searches: str) -> int:
        session.flush()
        session.expire_all()
        with counted() as run:
            listing.count_each(session, grace, {q: TicketFilters(q=q) for q in searches})
        return len(run)

    few = statements("print jam", "pri jam")
    assert few == statements("print jam", "pri jam", "print stop", "pri stop", "no match") == 3


def test_words_of_other_scripts_may_always_be_beginnings() -> None:
    assert finished_query("возврат денег") == "'возврат':* & 'денег':*"
    assert finished_query("a1 x") == "'a1' & 'x':*"
    assert finished_query("lamp") == "'lamp':*"
    assert finished_query(" ") == ""
