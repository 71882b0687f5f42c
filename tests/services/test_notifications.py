"""Who hears of what."""

from tests.services.tickets.threads import ticket, write
from ticketdesk import db
from ticketdesk.models.enums import UserRole
from ticketdesk.services import notifications
from ticketdesk.services.tickets.assign import assign


def words(session, actor):
    return [line.words for line in notifications.list_mine(session, actor).items]


def test_an_assigned_agent_hears_of_it_and_whoever_assigns_themselves_does_not(
    session, grace, linus
):
    one = ticket(session, grace)
    assign(session, grace, one.id, linus.user_id)
    assign(session, grace, one.id, "me")
    assert words(session, linus) == ["Grace Hopper assigned it to you"]
    assert words(session, grace) == []


def test_the_assignee_and_the_followers_hear_of_a_customers_reply(session, grace, linus, ada, jane):
    one = ticket(session, grace, assignedToId=linus.user_id)
    notifications.follow(session, ada, one.id)
    write(session, jane, one.id, "Any news?")
    assert words(session, linus)[0] == f"{jane.name} replied"
    assert words(session, ada) == [f"{jane.name} replied"]
    assert words(session, grace) == []


def test_a_mentioned_agent_hears_of_it_once_and_follows_from_then_on(session, grace, linus):
    one = ticket(session, grace)
    note = f'<p><span data-mention="{linus.user_id}">@Linus</span> please look</p>'
    write(session, grace, one.id, note, contentFormat="html", isInternal=True)
    assert words(session, linus) == ["Grace Hopper mentioned you"]
    assert notifications.followers(session, grace, one.id) == [linus.user_id]


def test_a_customer_cannot_be_told_of_a_note_by_a_mention(session, grace, jane):
    one = ticket(session, grace)
    note = f'<p><span data-mention="{jane.user_id}">@Jane</span></p>'
    write(session, grace, one.id, note, contentFormat="html", isInternal=True)
    assert notifications.followers(session, grace, one.id) == []


def test_reading_a_ticket_clears_its_notifications_and_leaves_the_others(session, grace, linus):
    one, other = ticket(session, grace), ticket(session, grace)
    for t in (one, other):
        assign(session, grace, t.id, linus.user_id)
    notifications.mark_read(session, linus, ticket_id=one.id)
    assert notifications.unread(session, linus) == 1
    notifications.mark_read(session, linus)
    assert notifications.unread(session, linus) == 0


def test_the_list_goes_on_behind_its_cursor(session, grace, linus):
    for _ in range(3):
        assign(session, grace, ticket(session, grace).id, linus.user_id)
    first = notifications.list_mine(session, linus, limit=2)
    rest = notifications.list_mine(session, linus, cursor=first.next_cursor, limit=2)
    assert (len(first.items), len(rest.items), rest.next_cursor) == (2, 1, None)


def test_nothing_crosses_to_another_organization(session, grace, bo, cast):
    ticket(session, grace, assignedToId=cast.people["linus"].user_id)
    db.set_tenant(session, cast.globex)
    assert bo.role == UserRole.ADMIN
    assert words(session, bo) == []
