"""A change of settings is taken back exactly, and only as long as nobody changed it again."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from ticketdesk.db import REHEARSAL
from ticketdesk.errors import Conflict, Forbidden, Stale
from ticketdesk.models import ApiKey, OutboxEvent, Rule, SignOnProvider, TeamMember, User
from ticketdesk.models.enums import UserRole
from ticketdesk.services import (
    api_keys,
    audit,
    credentials,
    organization_profile,
    single_sign_on,
    teams,
    ticket_settings,
)
from ticketdesk.services.desk import settings_before, undo
from ticketdesk.services.desk.settings_before import saving
from ticketdesk.services.library import canned_responses
from ticketdesk.services.library.canned_responses import CannedResponseInput
from ticketdesk.services.organization_profile import ProfileInput
from ticketdesk.services.people import change as people
from ticketdesk.services.people.change import UpdateMember
from ticketdesk.services.rules import manage as rules
from ticketdesk.services.rules.definition import RuleInput, RulePatch
from ticketdesk.services.single_sign_on import SignOnInput
from ticketdesk.services.sla import manage as policies
from ticketdesk.services.sla.definition import PolicyInput
from ticketdesk.services.teams import TeamInput
from ticketdesk.services.webhooks import registry
from ticketdesk.services.webhooks.registry import WebhookInput

PATCHES = [
    {"retention": {"auditDays": 400}},
    {"statusLabels": {"NEW": {"agent": "Untouched"}}},
    {"embedConfig": {"categories": ["Returns"]}},
    {"slaConfig": {"businessHours": {"timezone": "Europe/Berlin", "weekly": {}}}},
    {"embedConfig": {"logoUrl": "/logo.svg"}, "reopenWindowDays": 3},
    {"files": {"archiveAfterDays": 90, "archiveTo": "old"}},
    {"emailConfig": {"signature": "Bye"}},
]
RULE = {
    "name": "Printers first",
    "triggers": ["TICKET_CREATED"],
    "actions": [{"type": "SET_PRIORITY", "priority": "HIGH"}],
}


def settings(session: Session, ada) -> dict:
    found, _ = ticket_settings.read(session, ada)
    return found.model_dump(mode="json")


def change(session: Session, ada, patch):
    return saving(session, ada, "settings", "", ticket_settings.change, patch).before


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: "-".join(patch))
def test_what_was_there_before_is_back(session: Session, ada, patch) -> None:
    ticket_settings.change(session, ada, {"statusLabels": {"OPEN": {"customer": "In work"}}})
    before = settings(session, ada)
    changed = change(session, ada, patch)
    assert settings(session, ada) != before

    said = undo.take_back(session, ada, "saved", [changed, "state"])

    assert settings(session, ada) == before
    assert said == "The settings are as they were"


def test_taking_back_is_in_the_audit_log(session: Session, ada) -> None:
    changed = change(session, ada, {"retention": {"auditDays": 400}})
    settings_before.take_back(session, ada, changed)

    line = audit.list_entries(session, ada, action="settings").items[0]
    assert (line.before, line.after) == (
        {"retention.auditDays": 400}, {"retention.auditDays": None},
    )  # fmt: skip


def test_what_was_changed_again_is_not_taken_back(session: Session, ada) -> None:
    changed = change(session, ada, {"retention": {"auditDays": 400}})
    ticket_settings.change(session, ada, {"retention": {"auditDays": 500}})

    with pytest.raises(Conflict):
        settings_before.take_back(session, ada, changed)


def test_what_another_page_changed_since_stays(session: Session, ada) -> None:
    changed = change(session, ada, {"retention": {"auditDays": 400}})
    ticket_settings.change(session, ada, {"embedConfig": {"title": "Hi"}})

    settings_before.take_back(session, ada, changed)

    found, _ = ticket_settings.read(session, ada)
    assert (found.retention.audit_days, found.embed_config.title) == (None, "Hi")


def test_a_save_that_changed_nothing_has_nothing_to_take_back(session: Session, ada) -> None:
    assert change(session, ada, {}) is None


def test_the_organization_is_as_it_was(session: Session, ada) -> None:
    before = organization_profile.read(session, ada)
    command = ProfileInput(name="Other", timezone="UTC", locale="fr")
    update = organization_profile.update
    changed = saving(session, ada, "settings", "", update, command, before.version).before

    settings_before.take_back(session, ada, changed)

    after = organization_profile.read(session, ada)
    assert after.model_dump(exclude={"version"}) == before.model_dump(exclude={"version"})


def team_of(session, ada, agent):
    return teams.create(session, ada, TeamInput(name="Bulbs", member_ids=[agent.user_id]))


def test_a_team_that_was_changed_or_deleted_is_back_with_its_agents(
    session, ada, grace, linus
) -> None:
    team = team_of(session, ada, grace)
    wanted = TeamInput(name="Lamps", member_ids=[linus.user_id])
    changed = saving(session, ada, "team", "", teams.update, team.id, wanted, team.version)
    settings_before.take_back(session, ada, changed.before)
    again = teams.list_all(session, ada)[0]
    assert (again.id, again.name, again.member_ids) == (team.id, team.name, team.member_ids)
    assert again.version > changed.result.version

    gone = saving(session, ada, "team", "", teams.delete_team, team.id)
    assert session.exec(select(TeamMember.id)).all() == []
    settings_before.take_back(session, ada, gone.before)
    assert teams.list_all(session, ada)[0].member_ids == team.member_ids


def test_a_team_that_was_made_goes_again(session, ada) -> None:
    made = saving(session, ada, "team", "", teams.create, TeamInput(name="Bulbs"))
    settings_before.take_back(session, ada, made.before)
    assert teams.list_all(session, ada) == []


def test_a_name_that_was_taken_meanwhile_stands_in_the_way(session, ada, grace) -> None:
    gone = saving(session, ada, "team", "", teams.delete_team, team_of(session, ada, grace).id)
    teams.create(session, ada, TeamInput(name="Bulbs"))
    with pytest.raises(Conflict, match="place"), session.begin_nested():
        settings_before.take_back(session, ada, gone.before)


def test_a_rule_comes_back_whole_and_runs_as_before(session, ada) -> None:
    first = rules.create(session, ada, RuleInput.parse(RULE))
    second = rules.create(session, ada, RuleInput.parse(RULE | {"name": "Second"}))
    order = saving(session, ada, "rule", "", rules.reorder, [second.id, first.id])
    settings_before.take_back(session, ada, order.before)
    assert [one.id for one in rules.list_all(session, ada)] == [first.id, second.id]

    off = saving(session, ada, "rule", "", rules.change, first.id, RulePatch(is_active=False))
    settings_before.take_back(session, ada, off.before)
    assert rules.get(session, ada, first.id).is_active

    before = session.get(Rule, first.id).model_dump(exclude={"version"})
    gone = saving(session, ada, "rule", "", rules.delete, first.id)
    settings_before.take_back(session, ada, gone.before)
    assert session.get(Rule, first.id).model_dump(exclude={"version"}) == before


def test_due_times_are_worked_out_anew_when_a_policy_is_back(session, ada) -> None:
    command = PolicyInput.parse({"name": "Night", "firstResponse": 30})
    policy = policies.create(session, ada, command)
    gone = saving(session, ada, "sla_policy", "", policies.delete, policy.id)
    promised = len(session.exec(select(OutboxEvent.id)).all())

    settings_before.take_back(session, ada, gone.before)

    assert policies.get(session, ada, policy.id).definition == policy.definition
    assert len(session.exec(select(OutboxEvent.id)).all()) == promised + 1


def test_a_revoked_key_works_again_and_no_secret_is_in_the_log(session, ada) -> None:
    made = api_keys.create(session, ada, name="Shop", scopes=["read"])
    revoked = saving(session, ada, "api_key", "", api_keys.revoke, made.key.id)
    settings_before.take_back(session, ada, revoked.before)
    assert credentials.resolve(session, session_token=None, bearer=made.token).scopes

    again = saving(session, ada, "api_key", "", api_keys.create, name="Other", scopes=["read"])
    stored = session.get(ApiKey, again.result.key.id).key_hash
    settings_before.take_back(session, ada, again.before)
    assert session.get(ApiKey, again.result.key.id) is None
    lines = audit.list_entries(session, ada, action="api_key").items
    assert stored not in str([(line.before, line.after) for line in lines])


def test_the_provider_has_its_former_secret_again(session, ada) -> None:
    values = {"issuer": "https://id.example", "clientId": "desk", "clientSecret": "one"}
    single_sign_on.save(session, ada, SignOnInput.parse(values))
    sealed = session.exec(select(SignOnProvider.sealed_client_secret)).one()
    other = SignOnInput.parse(values | {"clientSecret": "two", "issuer": "https://x.example"})
    changed = saving(session, ada, "single_sign_on", "", single_sign_on.save, other)

    settings_before.take_back(session, ada, changed.before)

    row = session.exec(select(SignOnProvider)).one()
    assert (row.issuer, row.sealed_client_secret) == ("https://id.example", sealed)
    lines = audit.list_entries(session, ada, action="single_sign_on").items
    assert sealed not in str([(line.before, line.after) for line in lines])


def test_a_webhook_is_back_with_its_secret(session, ada) -> None:
    made = registry.create(session, ada, WebhookInput(url="https://hook.example/a"))
    before = registry.find(session, ada, made.webhook.id).sealed_secret
    gone = saving(session, ada, "webhook", "", registry.delete, made.webhook.id)

    settings_before.take_back(session, ada, gone.before)

    assert registry.find(session, ada, made.webhook.id).sealed_secret == before


def test_a_role_given_back_ends_the_sessions_too(session, ada, linus) -> None:
    person, command = linus.user_id, UpdateMember(role="ADMIN")
    made = saving(session, ada, "member", person, people.update, person, command)
    settings_before.take_back(session, ada, made.before)
    line = audit.list_entries(session, ada, action="member").items[0]
    assert line.after == {"role": "AGENT"}


def test_a_members_hours_and_capacity_are_as_they_were(session, ada, linus) -> None:
    hours = {"timezone": "UTC", "weekly": {"mon": [["09:00", "13:00"]]}}
    command = UpdateMember.parse({"capacity": 3, "workingHours": hours})
    person = linus.user_id
    made = saving(session, ada, "member", person, people.update, person, command)
    settings_before.take_back(session, ada, made.before)
    row = session.exec(select(User).where(User.id == person)).one()
    assert (row.capacity, row.working_hours) == (None, {})


def test_a_text_of_ones_own_is_given_back_to_its_owner_only(session, grace, linus) -> None:
    command = CannedResponseInput(title="Hi", shortcut="hi", content="<p>Hi</p>")
    made = canned_responses.create(session, grace, command)
    gone = saving(session, grace, "canned_response", "", canned_responses.delete, made.id)
    with pytest.raises(Forbidden):
        settings_before.take_back(session, linus, gone.before)
    settings_before.take_back(session, grace, gone.before)
    assert [one.title for one in canned_responses.list_all(session, grace)] == ["Hi"]


def test_whoever_lost_their_role_takes_nothing_back(session, ada) -> None:
    changed = change(session, ada, {"retention": {"auditDays": 400}})
    with pytest.raises(Forbidden):
        settings_before.take_back(session, replace(ada, role=UserRole.AGENT), changed)


def test_whoever_comes_too_late_hears_who_changed_what(session: Session, ada) -> None:
    _, version = ticket_settings.read(session, ada)
    ticket_settings.change(session, ada, {"retention": {"auditDays": 400}})
    ticket_settings.change(session, ada, {"enabled": False})

    with pytest.raises(Stale) as late:
        ticket_settings.change(session, ada, {"retention": {"auditDays": 90}}, version=version)

    assert ada.name in late.value.message
    assert "retention.auditDays" in late.value.message
    assert late.value.details == {"changedBy": ada.name, "changed": ["retention.auditDays"]}


def test_two_admins_on_different_pages_do_not_meet(session: Session, ada) -> None:
    _, version = ticket_settings.read(session, ada)
    ticket_settings.change(session, ada, {"retention": {"auditDays": 400}}, version=version)
    profile = ProfileInput(name="Acme", timezone="UTC", locale="fr")
    organization_profile.update(session, ada, profile, version)
    ticket_settings.change(session, ada, {"embedConfig": {"title": "Hi"}}, version=version)
    ticket_settings.change(session, ada, {"embedConfig": {"color": "#123456"}}, version=version)

    found, now = ticket_settings.read(session, ada)
    assert (found.retention.audit_days, found.embed_config.title) == (400, "Hi")
    assert now == version + 4
    with pytest.raises(Stale):
        organization_profile.update(session, ada, profile, version)


def test_a_program_that_names_a_version_is_told_of_any_change(session: Session, ada) -> None:
    _, version = ticket_settings.read(session, ada)
    ticket_settings.change(session, ada, {"retention": {"auditDays": 400}})
    with pytest.raises(Stale):
        ticket_settings.change(session, ada, {"enabled": False}, version=version, whole=True)


def test_a_rehearsal_remembers_nothing_because_nothing_will_be_kept(session: Session, ada) -> None:
    session.info[REHEARSAL] = True
    assert change(session, ada, {"retention": {"auditDays": 400}}) is None
