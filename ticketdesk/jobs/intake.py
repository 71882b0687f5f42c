"""Taking in one mail, whichever way it came: keep it, judge it, and say what became of it.

Three transactions, since the raw message must survive whatever judging it does.
"""

from datetime import timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from ticketdesk import clock, unit_of_work
from ticketdesk.errors import TicketDeskError, Unavailable
from ticketdesk.services.mail.intake.failed import note_failure, unjudged
from ticketdesk.services.mail.intake.judge import judge_kept
from ticketdesk.services.mail.intake.keep import keep
from ticketdesk.services.mail.intake.views import Outcome

_LEFT_BEHIND = timedelta(minutes=1)

log = structlog.get_logger(__name__)


def take_in(
    organization_id: str, raw: bytes, via: str, envelope_to: tuple[str, ...] = ()
) -> Outcome:
    """Keep and judge a message; any bytes end as an outcome.

    Raises only what keeps the message from being kept at all (the database is away): whoever
    delivers must then deliver again.
    """
    kept = unit_of_work.as_system(organization_id, keep, raw, via, envelope_to)
    return judge_again(organization_id, kept.mail_id)


def judge_again(organization_id: str, mail_id: str) -> Outcome:
    """Judge a kept message; what goes wrong is written down and shown, never raised."""
    try:
        return unit_of_work.as_system(organization_id, judge_kept, mail_id)
    except (Unavailable, DBAPIError) as error:
        log.warning("mail_not_judged", mail_id=mail_id, error=str(error)[:300])
        reason, final = "Something the desk depends on did not answer.", False
    except TicketDeskError as error:
        reason, final = error.message, True
    # Whatever no rule foresaw: the message stays, visible, with its trace in the log.
    except Exception as error:
        log.exception("mail_not_judged", mail_id=mail_id)
        reason, final = f"{type(error).__name__}: {error}", False
    return unit_of_work.as_system(organization_id, note_failure, mail_id, reason, final=final)


def resume() -> int:
    """Judge what a crash left unjudged for a minute; return how many."""
    left = unit_of_work.across(unjudged, clock.now() - _LEFT_BEHIND)
    for organization_id, mail_id in left:
        judge_again(organization_id, mail_id)
    return len(left)
