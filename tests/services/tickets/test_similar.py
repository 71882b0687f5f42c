"""What is shown while a new ticket is typed."""

from tests.services.tickets.threads import ticket
from ticketdesk.services.tickets import similar


def test_likely_duplicates_share_telling_words_best_first(session, grace):
    ticket(session, grace, subject="Invoice missing")
    near = ticket(session, grace, subject="Printer offline after firmware update")
    best = ticket(session, grace, subject="Printer firmware update fails with offline error")
    found = similar.like(session, grace, "printer offline since the firmware update fails")
    assert [t.id for t in found] == [best.id, near.id]


def test_common_words_alone_find_nothing(session, grace):
    ticket(session, grace, subject="Please help with the error")
    assert similar.like(session, grace, "please help, error!") == []


def test_the_requesters_tickets_come_newest_first(session, clock, grace):
    first = ticket(session, grace)
    clock.shift(10)
    second = ticket(session, grace)
    found = similar.of_requester(session, grace, "Jane@customer.example ")
    assert [t.id for t in found] == [second.id, first.id]
