"""Links between tickets."""

import pytest

from tests.services.tickets.threads import kinds, ticket
from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.services.tickets.links import LinkTicket, link, list_links, unlink


def test_a_link_is_read_from_both_sides(session, grace):
    child, parent = ticket(session, grace), ticket(session, grace)
    link(session, grace, child.id, LinkTicket(ticket_id=parent.id, kind="PARENT"))
    assert [(x.ticket_id, x.kind) for x in list_links(session, grace, child.id)] == [
        (parent.id, "PARENT")
    ]
    assert [(x.ticket_id, x.kind) for x in list_links(session, grace, parent.id)] == [
        (child.id, "CHILD")
    ]


def test_a_ticket_is_linked_to_another_once_and_never_to_itself(session, grace):
    one, other = ticket(session, grace), ticket(session, grace)
    link(session, grace, one.id, LinkTicket(ticket_id=other.id))
    with pytest.raises(Conflict):
        link(session, grace, other.id, LinkTicket(ticket_id=one.id, kind="DUPLICATE"))
    with pytest.raises(Invalid):
        link(session, grace, one.id, LinkTicket(ticket_id=one.id))


def test_no_ticket_becomes_its_own_ancestor(session, grace):
    top, middle, low = (ticket(session, grace) for _ in range(3))
    link(session, grace, middle.id, LinkTicket(ticket_id=top.id, kind="PARENT"))
    link(session, grace, middle.id, LinkTicket(ticket_id=low.id, kind="CHILD"))
    with pytest.raises(Conflict, match="own ancestor"):
        link(session, grace, top.id, LinkTicket(ticket_id=low.id, kind="PARENT"))


def test_a_link_is_removed_from_either_side_and_both_moves_are_history(session, grace):
    one, other = ticket(session, grace), ticket(session, grace)
    made = link(session, grace, one.id, LinkTicket(ticket_id=other.id))
    unlink(session, grace, other.id, made.id)
    assert list_links(session, grace, one.id) == []
    assert kinds(session, one.id)[-1] == "LINKED"
    assert kinds(session, other.id)[-1] == "UNLINKED"
    with pytest.raises(NotFound):
        unlink(session, grace, one.id, made.id)
