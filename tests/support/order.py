"""Which file of tests comes first: the longest, so that no worker is alone with one at the end.

A file that is not named here comes after them, and takes less than ten seconds.
"""

import pytest
from xdist.scheduler import LoadFileScheduling

LONGEST = (
    "tests/faults/test_killed_parts.py",
    "tests/journeys/test_settings_pages.py",
    "tests/journeys/test_desk_ticket.py",
    "tests/journeys/test_for_everybody.py",
    "tests/security/test_websocket_strangers.py",
    "tests/journeys/test_desk_writing.py",
    "tests/journeys/test_desk_many.py",
    "tests/journeys/test_mail.py",
    "tests/journeys/test_hot_reload.py",
    "tests/journeys/test_desk_views.py",
    "tests/journeys/test_customer_chat.py",
    "tests/journeys/test_desk_hostile_texts.py",
    "tests/journeys/test_desk_relating.py",
    "tests/journeys/test_desk_search.py",
    "tests/journeys/test_desk_new_ticket.py",
    "tests/api/test_schema.py",
    "tests/bench/test_smoke.py",
    "tests/journeys/test_chats.py",
    "tests/faults/test_two_web_workers.py",
    "tests/services/tickets/test_bulk.py",
    "tests/journeys/test_settings_time.py",
    "tests/journeys/test_settings_mail.py",
    "tests/journeys/test_working_a_ticket.py",
    "tests/faults/test_mail_receiver_killed.py",
    "tests/journeys/test_finding_the_way.py",
    "tests/journeys/test_files.py",
    "tests/journeys/door/test_widget.py",
    "tests/journeys/door/test_form_sending.py",
    "tests/journeys/test_reports.py",
    "tests/journeys/test_settings_organization.py",
    "tests/journeys/test_settings_form.py",
    "tests/journeys/test_when_the_server_forgets.py",
    "tests/journeys/test_settings.py",
    "tests/journeys/test_portal.py",
    "tests/journeys/test_desk_sending.py",
    "tests/journeys/test_guide_agents.py",
)
KILLED_PARTS = LONGEST[0]
_WITH_KILLED_PARTS = {"tests/faults/test_files_killed.py", "tests/faults/test_chat_killed.py"}
"""These kill parts of the same desk, which a second worker would have to start once more."""

_PLACES = {path: place for place, path in enumerate(LONGEST)}


def sort_longest_first(items: list[pytest.Item]) -> None:
    """Sort the collected tests, those of a file as they stand in it; the same in every worker."""
    items.sort(key=lambda item: _PLACES.get(scope_of(item.nodeid), len(LONGEST)))


def scope_of(nodeid: str) -> str:
    """Return what a worker gets as a whole: the test's file, or the one it belongs with."""
    path = nodeid.split("::", 1)[0]
    return KILLED_PARTS if path in _WITH_KILLED_PARTS else path


class Scheduling(LoadFileScheduling):
    """Hands whole files to the workers in the order of `sort_longest_first`."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)
