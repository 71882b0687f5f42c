"""A change of settings is taken back exactly, and only by whoever made it, and only at once."""

import pytest
from sqlmodel import Session

from ticketdesk.errors import Conflict, Stale
from ticketdesk.models.enums import UserRole
from ticketdesk.services import audit, members, organization_profile, ticket_settings
from ticketdesk.services.desk import undo
from ticketdesk.services.organization_profile import ProfileInput

PATCHES = [
    {"retention": {"auditDays": 400}},
    {"statusLabels": {"NEW": {"agent": "Untouched"}}},
    {"embedConfig": {"categories": ["Returns"]}},
    {"slaConfig": {"businessHours": {"timezone": "Europe/Berlin", "weekly": {}}}},
    {"embedConfig": {"logoUrl": "/logo.svg"}, "reopenWindowDays": 3},
    {"files": {"archiveAfterDays": 90, "archiveTo": "old"}},
    {"emailConfig": {"signature": "Bye"}},
]


def settings(session: Session, ada) -> dict:
    found, _ = ticket_settings.read(session, ada)
    return found.model_dump(mode="json")


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: "-".join(patch))
def test_what_was_there_before_is_back(session: Session, ada, patch) -> None:
    ticket_settings.change(session, ada, {"statusLabels": {"OPEN": {"customer": "In work"}}})
    before = settings(session, ada)
    _, version = ticket_settings.change(session, ada, patch)
    assert settings(session, ada) != before

    said = undo.take_back(session, ada, "settings", [version - 1, "state"])

    assert settings(session, ada) == before
    assert said == "The settings are as they were"


def test_taking_back_is_in_the_audit_log(session: Session, ada) -> None:
    _, version = ticket_settings.change(session, ada, {"retention": {"auditDays": 400}})
    ticket_settings.take_back(session, ada, version)

    line = audit.list_entries(session, ada, action="settings").items[0]
    assert (line.before, line.after) == (
        {"retention.auditDays": 400}, {"retention.auditDays": None},
    )  # fmt: skip


def test_after_another_change_nothing_is_taken_back(session: Session, ada) -> None:
    _, version = ticket_settings.change(session, ada, {"retention": {"auditDays": 400}})
    ticket_settings.change(session, ada, {"retention": {"auditDays": 500}})

    with pytest.raises(Conflict):
        ticket_settings.take_back(session, ada, version)


def test_nobody_takes_back_what_another_admin_changed(session: Session, ada, cast) -> None:
    other = members.add(
        session, ada, email="kay@acme.example", name="Kay", role=UserRole.ADMIN
    )  # fmt: skip
    kay = type(ada)(ada.kind, ada.organization_id, "Kay", UserRole.ADMIN, other.id, other.email)
    _, version = ticket_settings.change(session, kay, {"retention": {"auditDays": 400}})

    with pytest.raises(Conflict):
        ticket_settings.take_back(session, ada, version)


def test_the_organization_is_as_it_was(session: Session, ada) -> None:
    before = organization_profile.read(session, ada)
    command = ProfileInput(name="Other", timezone="UTC", locale="fr")
    organization_profile.update(session, ada, command, before.version)
    was = ProfileInput(name=before.name, timezone=before.timezone, locale=before.locale)

    undo.take_back(session, ada, "profile", [before.version, "state", was])

    after = organization_profile.read(session, ada)
    assert after.model_dump(exclude={"version"}) == before.model_dump(exclude={"version"})


def test_whoever_comes_too_late_hears_who_changed_what(session: Session, ada) -> None:
    _, version = ticket_settings.read(session, ada)
    ticket_settings.change(session, ada, {"retention": {"auditDays": 400}})

    with pytest.raises(Stale) as late:
        ticket_settings.change(session, ada, {"enabled": False}, version=version)

    assert ada.name in late.value.message
    assert "retention.auditDays" in late.value.message
    assert late.value.details == {"changedBy": ada.name, "changed": ["retention.auditDays"]}
