"""Trying a verb as somebody: what comes of it, with everything taken back afterwards."""

from typing import Any

from tests.security.arguments import for_verb
from tests.security.verbs import all_verbs
from tests.security.world import World
from ticketdesk import db
from ticketdesk.errors import Forbidden, NotFound, Unauthenticated


def outcome(name: str, who: str, world: World) -> tuple[str, Any]:
    """Return how a verb ends for a caller, and what it gave.

    Returns:
        `n` refused (401 or 403), `m` missing (404), `y` let through: it gave something, or failed
        for a reason that is not the caller.
    """
    session, actor = world.session, world.caller(who)
    verb = all_verbs()[name]
    try:
        db.set_tenant(session, actor.organization_id)
        given = verb(session, actor, **for_verb(name, verb, world))
        session.flush()
        return "y", given
    except (Unauthenticated, Forbidden) as refusal:
        return "n", refusal
    except NotFound as refusal:
        return "m", refusal
    except Exception as failure:  # whatever it is, the caller was let through
        return "y", failure
    finally:
        session.info.clear()
        session.rollback()
        session.expunge_all()
