"""Ticket templates: kept by admins, used by agents."""

import pytest

from ticketdesk.errors import Forbidden, Invalid, NotFound, Stale
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import ticket_templates


def version(session, ada):
    return ticket_settings.read(session, ada)[1]


def add(session, ada, **values):
    given = {"title": "New starter", "subject": "Account for", **values}
    ticket_templates.save(session, ada, -1, given, version(session, ada))


def test_a_template_fills_what_it_has_and_leaves_the_rest(session, ada, grace):
    add(session, ada, description="<p>Name?</p>", priority="HIGH", tags=["people"])
    assert ticket_templates.start(session, grace, "New starter") == {
        "subject": "Account for",
        "description": "<p>Name?</p>",
        "priority": "HIGH",
        "tags": ["people"],
    }


def test_nothing_in_a_template_runs(session, ada):
    add(session, ada, description='<p onclick="x()">Hi</p><script>x()</script>')
    assert ticket_templates.list_all(session, ada)[0].description == "<p>Hi</p>"


def test_a_template_is_changed_and_deleted_in_its_place(session, ada, grace):
    add(session, ada)
    add(session, ada, title="Leaver")
    with pytest.raises(Invalid):
        ticket_templates.save(session, ada, 1, {"title": "new STARTER"}, version(session, ada))
    ticket_templates.save(session, ada, 1, {"title": "Goodbye"}, version(session, ada))
    ticket_templates.delete(session, ada, 0, version(session, ada))
    assert [one.title for one in ticket_templates.list_all(session, grace)] == ["Goodbye"]
    with pytest.raises(NotFound):
        ticket_templates.start(session, grace, "Leaver")


def test_agents_do_not_change_templates_and_nobody_overwrites_what_they_have_not_seen(
    session, ada, grace
):
    with pytest.raises(Forbidden):
        ticket_templates.save(session, grace, -1, {"title": "Mine"}, 1)
    before = version(session, ada)
    add(session, ada)
    with pytest.raises(Stale):
        ticket_templates.save(session, ada, -1, {"title": "Late"}, before)
