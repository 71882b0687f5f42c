"""Teams and the audit log of changing them."""

import pytest

from ticketdesk.errors import Conflict, Forbidden, NotFound, Stale
from ticketdesk.services import audit, teams, ticket_settings
from ticketdesk.services.teams import TeamInput


def test_a_team_has_agents_of_the_organization_only(session, ada, grace, jane, bo):
    made = teams.create(session, ada, TeamInput(name="Billing", member_ids=[grace.user_id]))
    assert teams.list_all(session, grace) == [made]
    for stranger in (jane, bo):
        with pytest.raises(NotFound):
            teams.create(session, ada, TeamInput(name="X", member_ids=[stranger.user_id]))


def test_names_are_taken_once_and_only_admins_make_teams(session, ada, grace):
    teams.create(session, ada, TeamInput(name="Billing"))
    with pytest.raises(Conflict):
        teams.create(session, ada, TeamInput(name="Billing"))
    with pytest.raises(Forbidden):
        teams.create(session, grace, TeamInput(name="Other"))


def test_changing_a_team_says_what_was_and_what_is(session, ada, grace, linus):
    made = teams.create(session, ada, TeamInput(name="Billing", member_ids=[grace.user_id]))
    teams.update(session, ada, made.id, TeamInput(name="Money", member_ids=[linus.user_id]), 1)
    line = audit.list_entries(session, ada, action="team").items[0]
    assert (line.action, line.before["name"], line.after["name"]) == (
        "team.changed",
        "Billing",
        "Money",
    )
    with pytest.raises(Stale):
        teams.update(session, ada, made.id, TeamInput(name="Again"), 1)


def test_a_settings_change_is_logged_by_dotted_name(session, ada):
    ticket_settings.change(session, ada, {"slaConfig": {"firstResponseTime": 30}})
    line = audit.list_entries(session, ada, action="settings.changed").items[0]
    assert line.after == {"slaConfig.firstResponseTime": 30}
    assert line.before == {"slaConfig.firstResponseTime": 240}


def test_the_log_is_for_admins_and_is_filtered_and_paged(session, ada, grace):
    for name in ("A", "B", "C"):
        teams.create(session, ada, TeamInput(name=name))
    with pytest.raises(Forbidden):
        audit.list_entries(session, grace)
    first = audit.list_entries(session, ada, performed_by="ada", limit=2)
    rest = audit.list_entries(session, ada, performed_by="ada", limit=2, cursor=first.next_cursor)
    assert [line.subject_name for line in [*first.items, *rest.items]] == ["C", "B", "A"]
    assert audit.list_entries(session, ada, action="api_key").items == []
