"""What is deleted is nowhere, and what is restored is as it was."""

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, select

from tests.services.tickets.threads import row, ticket, write
from ticketdesk.errors import Forbidden, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import (
    AuditEntry,
    MailMessage,
    Notification,
    OutboxEvent,
    TicketActivity,
    TicketAttachment,
    TicketFollower,
    TicketLink,
    TicketSplit,
    User,
)
from ticketdesk.models.mail import MailState
from ticketdesk.services import notifications
from ticketdesk.services.deleted import hanging
from ticketdesk.services.deleted.put_away import put_away
from ticketdesk.services.deleted.restore import restore, restore_many
from ticketdesk.services.tickets import access, links, listing, merge, merge_undo, split
from ticketdesk.services.tickets.filters import TicketFilters

# What deleting and restoring themselves write: history of the ticket, and the line for admins.
_TOLD = ("deleted the ticket", "restored the ticket")


def file_of(session, organization_id, ticket_id, response_id=None):
    made = TicketAttachment(
        id=new_id("file"), organization_id=organization_id, filename="a.png",
        original_name="a.png", mime_type="image/png", size=1, sha256="0" * 64,
        storage_key=new_id("key"), ticket_id=ticket_id, response_id=response_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def everything(session) -> dict[str, list[str]]:
    """Return every row of every table but the two that deleting itself writes to."""
    session.flush()
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        if table.name in ("audit_entries", "deleted_tickets"):
            continue
        rows = session.execute(text(f"SELECT to_jsonb(t)::text FROM {table.name} t")).scalars()
        found[table.name] = sorted(one for one in rows if not any(word in one for word in _TOLD))
    return found


@pytest.fixture
def lived_in(session, grace, linus, ada):
    """A ticket on which everything hangs that can."""
    one = ticket(session, grace, tags=["vip"], customFields={"rate": 1.5, "deep": None})
    said = write(session, grace, one.id, "Hello <b>there</b>", contentFormat="html")
    write(session, linus, one.id, f'<p data-mention="{ada.user_id}">Look</p>', isInternal=True)
    file_of(session, grace.organization_id, one.id)
    file_of(session, grace.organization_id, one.id, said.id)
    notifications.follow(session, linus, one.id)
    session.add_all(
        [
            TicketLink(
                id=new_id("link"), organization_id=grace.organization_id, ticket_id=one.id,
                other_ticket_id=ticket(session, grace, subject="Other").id, kind="RELATED",
            ),
            MailMessage(
                id=new_id("mail"), organization_id=grace.organization_id, identity="<1@x>",
                via="raw", state=MailState.APPENDED, ticket_id=one.id, response_id=said.id,
            ),
        ]
    )  # fmt: skip
    session.flush()
    return one


def test_nothing_of_a_deleted_ticket_is_left_in_any_other_table(session, ada, lived_in):
    put_away(session, ada, [lived_in.id])
    said = session.exec(select(AuditEntry.action)).all()
    session.execute(text("DELETE FROM audit_entries"))
    left = {
        name: rows
        for name, rows in everything(session).items()
        if any(lived_in.id in one for one in rows)
    }
    assert left == {}
    assert said[-1] == "ticket.deleted"
    with pytest.raises(NotFound):
        access.find(session, ada, str(lived_in.ticket_number))
    assert listing.count(session, ada, TicketFilters.parse({"q": "cannot log"}))[0] == 0


def test_a_restored_ticket_is_exactly_as_it_was(session, ada, lived_in):
    before = everything(session)
    put_away(session, ada, [lived_in.id])
    session.expire_all()
    assert restore(session, ada, lived_in.id) == f"{lived_in.ticket_number} is back"
    session.execute(text("DELETE FROM outbox_events WHERE subscriber = 'webhooks.deliver'"))
    assert everything(session) == before
    told = session.exec(
        select(TicketActivity.description)
        .where(TicketActivity.ticket_id == lived_in.id)
        .order_by(TicketActivity.id)
    ).all()
    assert told[-2:] == list(_TOLD)


def test_a_reply_that_was_still_to_leave_leaves_only_when_the_ticket_is_back(session, ada, grace):
    one = ticket(session, grace)
    write(session, grace, one.id, "Hello.")
    waiting = select(OutboxEvent.id).where(OutboxEvent.subscriber == "mail.ticket_response")
    promised = session.exec(waiting).all()
    put_away(session, ada, [one.id])
    assert session.exec(waiting).all() == []
    restore(session, ada, one.id)
    assert session.exec(waiting).all() == promised


@pytest.mark.parametrize("back", [(0, 1), (1, 0)])
@pytest.mark.parametrize("gone", [(0, 1), (1, 0)])
def test_a_link_between_two_deleted_tickets_comes_back_whatever_the_order(
    session, ada, grace, gone, back
):
    pair = [ticket(session, grace), ticket(session, grace)]
    links.link(session, grace, pair[0].id, links.LinkTicket(ticket_id=pair[1].id))
    before = everything(session)
    for which in gone:
        put_away(session, ada, [pair[which].id])
    for which in back:
        restore(session, ada, pair[which].id)
    assert everything(session) == before


@pytest.mark.parametrize("back", [(0, 1), (1, 0)])
@pytest.mark.parametrize("gone", [(0, 1), (1, 0)])
def test_a_merged_ticket_still_leads_to_its_target_whatever_the_order(
    session, ada, grace, gone, back
):
    pair = [ticket(session, grace), ticket(session, grace)]
    write(session, grace, pair[1].id, "Hello.")
    done = merge.merge(
        session, grace, pair[0].id, merge.MergeTickets(source_ticket_ids=[pair[1].id])
    )
    before = everything(session)
    for which in gone:
        put_away(session, ada, [pair[which].id])
    for which in back:
        restore(session, ada, pair[which].id)
    assert everything(session) == before
    merge_undo.undo_merge(session, grace, pair[0].id, done.id)
    assert row(session, pair[1].id).merged_into_id is None


def test_a_split_still_knows_its_new_ticket_after_that_was_restored(session, ada, grace):
    one = ticket(session, grace)
    said = write(session, grace, one.id, "Another matter.")
    command = split.SplitTicket(response_ids=[said.id], subject="Another matter")
    done = split.split(session, grace, one.id, command).split
    new = session.exec(select(TicketSplit)).one().new_ticket_id
    assert new
    before = everything(session)
    put_away(session, ada, [new])
    assert session.exec(select(TicketSplit.new_ticket_id)).one() is None
    restore(session, ada, new)
    assert everything(session) == before
    split.undo_split(session, grace, one.id, done.id)


def test_who_has_left_meanwhile_is_left_out(session, ada, grace, linus, lived_in):
    put_away(session, ada, [lived_in.id])
    session.delete(session.get(User, linus.user_id))
    session.flush()
    restore(session, ada, lived_in.id)
    assert session.exec(select(TicketFollower).where(TicketFollower.user_id == "x")).all() == []
    followers = session.exec(select(TicketFollower.user_id)).all()
    assert linus.user_id not in followers
    said = session.execute(
        text("SELECT author_id FROM ticket_responses WHERE is_internal AND ticket_id = :id"),
        {"id": lived_in.id},
    ).scalar_one()
    assert said is None
    assert linus.user_id not in session.exec(select(Notification.user_id)).all()


def test_only_admins_delete_and_restore_and_only_what_is_theirs(session, ada, grace, bo):
    one = ticket(session, grace)
    with pytest.raises(Forbidden):
        put_away(session, grace, [one.id])
    assert put_away(session, bo, [one.id]) == set()
    put_away(session, ada, [one.id])
    with pytest.raises(Forbidden):
        restore_many(session, grace, [one.id])
    with pytest.raises(NotFound):
        restore(session, bo, one.id)
    assert restore_many(session, ada, [one.id]) == {one.id: one.ticket_number}
    with pytest.raises(NotFound):
        restore(session, ada, one.id)


def test_whatever_the_database_deletes_with_a_ticket_is_put_away(session):
    """The graph of the models is the one that the database follows."""
    query = """
        WITH RECURSIVE hanging(name) AS (
            SELECT 'tickets'
            UNION
            SELECT conrelid::regclass::text FROM pg_constraint JOIN hanging
                ON confrelid = CAST(name AS regclass)
            WHERE contype = 'f' AND confdeltype = 'c'
        ) SELECT name FROM hanging
    """
    assert set(session.execute(text(query)).scalars()) == {t.name for t in hanging.tables()}
