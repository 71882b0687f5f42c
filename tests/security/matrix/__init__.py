"""Who may call what: one literal table of every verb of the services (semantics.md, Access).

A verb's row stands in the file of its area; `desk.settings_…` has one of its own.

Read a row from left to right: admin, agent, the ticket's requester, another customer, another
organization's admin, nobody, an API key of scope `read`.

y  let through      n  refused (401 or 403)      m  missing (404)

A foreign admin's `y` is about the foreign organization's own things: the test looks that nothing of
acme's is in the answer. Where the world has no such thing (a merge, a rule), `m` stands for those
who pass the gate.
"""

from tests.security.matrix import (
    chats,
    desk,
    desk_settings,
    mail,
    organization,
    people,
    tickets,
    time,
)
from tests.security.matrix.inside import JOBS, STEPS
from tests.security.matrix.public_doors import PUBLIC_DOORS

__all__ = ["AREAS", "JOBS", "PUBLIC_DOORS", "STEPS", "VERBS"]

AREAS: tuple[dict[str, str], ...] = (
    chats.VERBS,
    desk.VERBS,
    desk_settings.VERBS,
    mail.VERBS,
    organization.VERBS,
    people.VERBS,
    tickets.VERBS,
    time.VERBS,
)
VERBS: dict[str, str] = {name: row for area in AREAS for name, row in area.items()}
