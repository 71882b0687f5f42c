"""An organization's settings: merged, checked as a whole, never overwritten unseen."""

import pytest
from sqlmodel import Session

from ticketdesk.errors import Forbidden, Invalid, Stale
from ticketdesk.models.enums import TicketPriority
from ticketdesk.services import ticket_settings


def test_a_new_organization_has_sensible_settings(session: Session, grace) -> None:
    settings, version = ticket_settings.read(session, grace)

    assert settings.enabled
    assert settings.embed_config.default_priority is TicketPriority.MEDIUM
    assert version == 1


def test_objects_are_merged_and_lists_are_replaced(session: Session, ada) -> None:
    ticket_settings.change(
        session, ada, {"embedConfig": {"categories": ["A", "B"], "title": "Help"}}
    )
    settings, version = ticket_settings.change(session, ada, {"embedConfig": {"categories": ["C"]}})

    assert settings.embed_config.categories == ["C"]
    assert settings.embed_config.title == "Help"
    assert version == 3


def test_business_hours_are_replaced_as_a_whole(session: Session, ada) -> None:
    hours = {"timezone": "Europe/Berlin", "weekly": {"mon": [["09:00", "17:00"]]}}
    ticket_settings.change(session, ada, {"slaConfig": {"businessHours": hours}})
    patch = {"slaConfig": {"businessHours": {"weekly": {"tue": [["10:00", "24:00"]]}}}}

    settings, _ = ticket_settings.change(session, ada, patch)

    assert settings.sla_config.business_hours.weekly == {"tue": [("10:00", "24:00")]}


@pytest.mark.parametrize(
    "hours",
    [
        {"timezone": "Mars/Olympus"},
        {"weekly": {"monday": []}},
        {"weekly": {"mon": [["9:00", "17:00"]]}},
        {"weekly": {"mon": [["17:00", "09:00"]]}},
        {"weekly": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}},
        {"weekly": {"mon": [["24:00", "24:00"]]}},
        {"holidays": ["25.12.2026"]},
    ],
)
def test_impossible_hours_are_refused_and_nothing_is_kept(
    session: Session, ada, hours: dict
) -> None:
    with pytest.raises(Invalid):
        ticket_settings.change(session, ada, {"slaConfig": {"businessHours": hours}})

    assert ticket_settings.read(session, ada)[1] == 1


def test_two_admins_do_not_overwrite_each_other(session: Session, ada) -> None:
    ticket_settings.change(session, ada, {"reopenWindowDays": 3}, version=1)

    with pytest.raises(Stale):
        ticket_settings.change(session, ada, {"reopenWindowDays": 7}, version=1)


def test_agents_do_not_change_them(session: Session, grace) -> None:
    with pytest.raises(Forbidden):
        ticket_settings.change(session, grace, {"enabled": False})
