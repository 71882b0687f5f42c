"""The list of what was deleted, and going for good."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.services.tickets.threads import ticket
from ticketdesk.actor import system_actor
from ticketdesk.errors import Forbidden, Malformed, NotFound
from ticketdesk.models import AuditEntry, DeletedTicket
from ticketdesk.services.deleted import purge
from ticketdesk.services.deleted.put_away import put_away
from ticketdesk.services.deleted.restore import restore
from ticketdesk.services.deleted.shown import list_deleted


def deleted(session, ada, grace, clock, *subjects):
    made = []
    for subject in subjects:
        made.append(ticket(session, grace, subject=subject))
        put_away(session, ada, [made[-1].id])
        clock.shift(60)
    return made


def test_the_list_tells_who_deleted_what_and_when_it_goes(session, ada, grace, clock):
    (one,) = deleted(session, ada, grace, clock, "A lamp")
    (line,) = list_deleted(session, ada).items
    assert (line.id, line.ticket_number, line.subject) == (one.id, one.ticket_number, "A lamp")
    assert (line.requester_name, line.deleted_by_name) == ("Jane Smith", "Ada Lovelace")
    assert line.goes_at - line.deleted_at == timedelta(days=purge.KEPT_DAYS)


def test_the_list_goes_on_from_its_cursor_and_is_found_in_by_words(session, ada, grace, clock):
    made = deleted(session, ada, grace, clock, "First", "Second", "Third 100%")
    page = list_deleted(session, ada, limit=2)
    assert [line.subject for line in page.items] == ["Third 100%", "Second"]
    rest = list_deleted(session, ada, cursor=page.next_cursor, limit=2)
    assert [line.subject for line in rest.items] == ["First"]
    assert rest.next_cursor is None
    for words in ("secON", f"#{made[1].ticket_number}", str(made[1].ticket_number)):
        assert [line.id for line in list_deleted(session, ada, words=words).items] == [made[1].id]
    assert len(list_deleted(session, ada, words="jane").items) == 3
    assert [line.id for line in list_deleted(session, ada, words="0%").items] == [made[2].id]
    with pytest.raises(Malformed):
        list_deleted(session, ada, cursor="x")


def test_another_organization_and_agents_see_nothing_of_it(session, ada, grace, bo, clock):
    (one,) = deleted(session, ada, grace, clock, "A lamp")
    with pytest.raises(Forbidden):
        list_deleted(session, grace)
    assert list_deleted(session, bo).items == []
    with pytest.raises(NotFound):
        purge.purge(session, bo, one.id)
    with pytest.raises(Forbidden):
        purge.purge(session, grace, one.id)


def test_what_goes_for_good_is_on_record_and_comes_back_no_more(session, ada, grace, clock):
    (one,) = deleted(session, ada, grace, clock, "A lamp")
    assert purge.purge(session, ada, one.id) == f"{one.ticket_number} has gone for good"
    for again in (purge.purge, restore):
        with pytest.raises(NotFound):
            again(session, ada, one.id)
    session.flush()
    told = session.exec(
        select(AuditEntry.action).where(AuditEntry.subject_id == one.id).order_by(AuditEntry.id)
    ).all()
    assert told == ["ticket.deleted", "ticket.purged"]


def test_only_what_is_old_enough_goes_by_itself(session, ada, grace, clock, cast):
    _, young = deleted(session, ada, grace, clock, "Old", "Young")
    clock.shift(purge.KEPT.total_seconds() - 90)
    assert purge.organizations(session) == [cast.acme]
    assert purge.purge_due(session, system_actor(cast.acme))
    assert session.exec(select(DeletedTicket.id)).all() == [young.id]
    assert purge.purge_due(session, system_actor(cast.acme))
