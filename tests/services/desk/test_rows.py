"""The lines of the ticket list."""

from urllib.parse import parse_qsl

import pytest

from tests.services.tickets.threads import ticket, write
from tests.support.queries import asked
from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.models import User
from ticketdesk.models.status import ACTIVE
from ticketdesk.services.desk import find, frame, rows
from ticketdesk.services.desk.query import export_path, query_of
from ticketdesk.services.tickets import read
from ticketdesk.services.tickets.filters import TicketFilters


def numbers(session, actor, **query):
    return [row["number"] for row in rows.page(session, actor, query, limit=50).rows]


def test_the_standing_view_shows_open_tickets_with_the_last_changed_first(session, grace):
    first, second = ticket(session, grace), ticket(session, grace)
    closed = ticket(session, grace)
    write(session, grace, closed.id, "Done.", statusChange="CLOSED")
    write(session, grace, first.id, "I look into it.")
    shown = numbers(session, grace)
    assert shown.index(first.ticket_number) < shown.index(second.ticket_number)
    assert closed.ticket_number not in shown
    assert closed.ticket_number in numbers(session, grace, view="closed")


def test_a_view_and_a_filter_add_up(session, grace, linus):
    mine = ticket(session, grace, assignedToId="me", priority="HIGH")
    other = ticket(session, grace, assignedToId=linus.user_id, priority="HIGH")
    assert mine.ticket_number in numbers(session, grace, view="mine", priority="HIGH,URGENT")
    assert other.ticket_number not in numbers(session, grace, view="mine")
    assert mine.ticket_number not in numbers(session, grace, view="mine", priority="LOW")


def test_a_search_without_a_view_looks_at_closed_tickets_too(session, grace):
    closed = ticket(session, grace, subject="Zylinderkopfdichtung")
    write(session, grace, closed.id, "Done.", statusChange="CLOSED")
    assert numbers(session, grace, q="zylinderkopf") == [closed.ticket_number]
    assert numbers(session, grace, q="zylinderkopf", view="mine") == []


def test_a_ticket_is_unread_until_it_was_seen_and_again_after_a_message(
    session, grace, linus, clock
):
    one = ticket(session, linus)

    def unread():
        page = rows.page(session, grace, {}, limit=50)
        return next(row["unread"] for row in page.rows if row["id"] == one.id)

    assert unread()
    read.mark_read(session, grace, one.id)
    assert not unread()
    clock.shift(60)
    write(session, linus, one.id, "News.")
    assert unread()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("status", "NEW,ASLEEP", "There is no status asleep. Choose among new, open, "),
        ("priority", "high,huge", "There is no priority huge. Choose among low, "),
        ("sla", "late", "There is no sla late. Choose among ok, due_soon, "),
        ("source", "fax", "There is no source fax. Choose among manual, "),
        ("priority", "\0", "There is no priority like this. Choose among low, "),
    ],
)
def test_an_unknown_value_of_a_filter_is_named(session, grace, name, value, message):
    with pytest.raises(Invalid) as refused:
        rows.page(session, grace, {name: value}, limit=50)
    assert refused.value.fields[name].startswith(message)


def test_only_parameters_of_the_list_are_taken_from_an_address():
    assert query_of({"view": "mine", "utm": "x", "q": ""}) == {"view": "mine"}


def test_a_customer_has_no_list(session, jane):
    with pytest.raises(Forbidden):
        rows.page(session, jane, {}, limit=50)


def test_another_organization_sees_none_of_it(session, grace, bo):
    one = ticket(session, grace, subject="Quittengelee")
    assert find.by_words(session, grace, "quitten", limit=5)[0]["number"] == one.ticket_number
    assert find.by_words(session, bo, "quitten", limit=5) == []


def test_a_number_finds_its_ticket_and_half_a_filter_finds_nothing(session, grace):
    one = ticket(session, grace)
    assert [
        hit["number"] for hit in find.by_words(session, grace, f"#{one.ticket_number}", limit=5)
    ] == [one.ticket_number]
    assert find.by_words(session, grace, "status:", limit=5) == []


def test_the_frame_counts_what_waits_and_gives_a_customer_no_counts(session, grace, jane):
    before = frame.counts(session, grace)
    ticket(session, grace)
    ticket(session, grace, assignedToId="me")
    after = frame.counts(session, grace)
    assert after["unassigned"] == before["unassigned"] + 1
    assert after["mine"] == before["mine"] + 1
    assert after[""] == before[""] + 2
    assert frame.frame(session, jane).counts == {}


@pytest.mark.parametrize("name", ["linus", '"Linus Torvalds"', "linus@acme.example", "LINUS"])
def test_a_search_names_a_colleague_by_name_or_address(session, grace, linus, name):
    session.get(User, linus.user_id).name = "Linus Torvalds"
    session.flush()
    theirs = ticket(session, grace, assignedToId=linus.user_id)
    ticket(session, grace, assignedToId="me")
    assert numbers(session, grace, q=f"assignee:{name}") == [theirs.ticket_number]


def test_a_search_for_nobody_known_says_so_at_the_word(session, grace):
    with pytest.raises(Invalid) as refused:
        numbers(session, grace, q="lamp assignee:nobody-here")
    assert refused.value.details["word"] == "assignee:nobody-here"


def test_a_row_tells_where_the_words_stand_when_its_subject_does_not(session, grace):
    told = ticket(
        session, grace, subject="Help", description="It began when the zirconium ring broke."
    )
    answered = ticket(session, grace, subject="Other", description="Nothing here.")
    write(session, grace, answered.id, "Please send us the zirconium part.", isInternal=True)
    named = ticket(session, grace, subject="Zirconium ring", description="Zirconium.")
    page = rows.page(session, grace, {"q": "zircon"}, limit=50)
    found = {row["number"]: row["found"] for row in page.rows}
    assert "zirconium ring broke" in found[told.ticket_number]
    assert "zirconium part" in found[answered.ticket_number]
    assert found[named.ticket_number] == ""


def test_finding_words_takes_the_same_number_of_queries_for_one_row_and_for_many(session, grace):
    def statements():
        session.expire_all()
        with asked() as sent:
            rows.page(session, grace, {"q": "beryllium"}, limit=50)
        return len(sent)

    def answered():
        one = ticket(session, grace, subject="Other")
        write(session, grace, one.id, "It is beryllium.")

    answered()
    few = statements()
    for _ in range(8):
        answered()
    assert statements() == few


def test_a_list_is_exported_with_its_filters_in_order_of_creation(session, grace):
    path = export_path({"view": "mine", "priority": "HIGH,URGENT", "sort": "sla", "q": "a b"})
    words = dict(parse_qsl(path.partition("?")[2]))
    assert words.get("sort", "-createdAt") == "-createdAt"
    assert words["assignedToId"] == "me"
    assert words["priority"] == "HIGH,URGENT"
    assert words["q"] == "a b"
    assert set(words["status"].split(",")) == {str(status) for status in ACTIVE}
    assert TicketFilters.parse(words)
