"""Canned responses and their variables."""

import pytest

from tests.services.tickets.threads import ticket
from ticketdesk.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from ticketdesk.services.library import canned_responses as canned
from ticketdesk.services.library.canned_responses import CannedResponseInput


def make(session, actor, **values):
    body = {
        "title": "Thanks",
        "shortcut": "thanks",
        "content": "<p>Hi {{requester.first_name}}, about #{{ticket.number}}. {{agent.name}}</p>",
        **values,
    }
    return canned.create(session, actor, CannedResponseInput.parse(body))


def test_variables_are_filled_for_the_ticket_and_the_agent(session, grace):
    one = ticket(session, grace, requesterName="Jane Smith")
    filled = canned.insert(session, grace, make(session, grace).id, one.id)
    assert filled.content == f"<p>Hi Jane, about #{one.ticket_number}. Grace Hopper</p>"
    assert filled.empty == []


def test_a_value_cannot_bring_markup_in(session, grace):
    one = ticket(session, grace, requesterName="<img/src=x onerror=alert(1)> Smith")
    filled = canned.insert(session, grace, make(session, grace).id, one.id)
    assert "<img" not in filled.content


def test_an_unknown_variable_is_refused_by_name(session, grace):
    with pytest.raises(Invalid, match=r"\{\{customer\.age\}\}"):
        make(session, grace, content="{{customer.age}}")


def test_what_looks_like_code_is_an_unknown_variable(session, grace):
    with pytest.raises(Invalid):
        make(session, grace, content="{{ ticket.__class__.__mro__ }}")


def test_script_in_a_response_does_not_survive(session, grace):
    made = make(session, grace, content="<p>Hi</p><script>alert(1)</script><b onclick=x>b</b>")
    assert made.content == "<p>Hi</p><b>b</b>"


def test_a_personal_response_is_its_owners_and_shared_ones_are_the_admins(
    session, grace, linus, ada
):
    own = make(session, grace)
    assert [r.id for r in canned.list_all(session, linus)] == []
    with pytest.raises(NotFound):
        canned.delete(session, linus, own.id)
    with pytest.raises(Forbidden):
        make(session, grace, shared=True)
    shared = make(session, ada, shared=True)
    assert [r.id for r in canned.list_all(session, linus)] == [shared.id]
    with pytest.raises(Forbidden):
        canned.delete(session, linus, shared.id)


def test_a_shortcut_is_taken_once_per_owner(session, grace, linus):
    make(session, grace)
    make(session, linus)
    with pytest.raises(Conflict):
        make(session, grace, title="Other")


def test_two_who_edit_do_not_overwrite_each_other(session, ada):
    made = make(session, ada, shared=True)
    body = CannedResponseInput.parse(
        {"title": "New", "shortcut": "thanks", "content": "Hi", "shared": True}
    )
    canned.update(session, ada, made.id, body, made.version)
    with pytest.raises(Stale):
        canned.update(session, ada, made.id, body, made.version)


def test_the_slash_finds_by_title_and_shortcut(session, grace):
    make(session, grace)
    make(session, grace, title="Refund", shortcut="money")
    assert [r.title for r in canned.list_all(session, grace, "mon")] == ["Refund"]
