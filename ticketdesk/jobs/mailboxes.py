"""Fetches mail from mailboxes: by the clock, and at once when a mailbox says that something came.

How far a mailbox was read is kept in Redis only to save traffic: if that is lost, everything still
in the folder is read again and known again by its Message-ID.
"""

import structlog
from redis import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from ticketdesk import publisher, unit_of_work
from ticketdesk.adapters.email.mailbox import Mailbox, MailboxUnavailable, Position
from ticketdesk.errors import Unavailable
from ticketdesk.jobs.intake import take_in
from ticketdesk.services.mail import mailboxes

_LOCK_SECONDS = 90

log = structlog.get_logger(__name__)


def fetch_all() -> list[str]:
    """Queue a fetch for every organization with an account; return them."""
    found = unit_of_work.across(mailboxes.organizations_with_accounts)
    for organization_id in found:
        enqueue(organization_id)
    return found


def enqueue(organization_id: str) -> None:
    """Queue one fetch."""
    queue = Queue("default", connection=publisher.connection(), serializer=JSONSerializer)
    queue.enqueue("ticketdesk.jobs.mailboxes.fetch", organization_id, result_ttl=0, job_timeout=300)


def fetch(organization_id: str) -> int:
    """Take in what is new in an organization's mailbox; return how many messages.

    A message leaves the folder only after it is kept; a crash in between meets it again, as a
    duplicate. One fetch a mailbox at a time.
    """
    lock = f"mailbox:{organization_id}:lock"
    redis = publisher.connection()
    if not redis.set(lock, "1", nx=True, ex=_LOCK_SECONDS):
        return 0
    try:
        account = unit_of_work.as_system(organization_id, mailboxes.account)
        if account is None:
            return 0
        with Mailbox(account) as box:
            taken = _take_all(organization_id, box)
        note_state(organization_id, "")
        return taken
    except (MailboxUnavailable, Unavailable) as error:
        log.warning("mailbox_unavailable", organization_id=organization_id, words=str(error))
        note_state(organization_id, str(error))
        return 0
    finally:
        redis.delete(lock)


def _take_all(organization_id: str, box: Mailbox) -> int:
    taken, at = 0, _position(organization_id)
    for position, raw in box.new_messages(at):
        take_in(organization_id, raw, "imap")
        taken += 1
        if not box.take(position):
            log.warning("mailbox_keeps_message", organization_id=organization_id, uid=position.uid)
        _remember(organization_id, position)
    return taken


def state(organization_id: str) -> str:
    """What went wrong with the mailbox the last time, empty when nothing did."""
    try:
        return (publisher.connection().get(f"mailbox:{organization_id}:state") or b"").decode()
    except RedisError:
        return ""


def note_state(organization_id: str, words: str) -> None:
    """Keep for a day what went wrong, or that nothing did."""
    publisher.connection().set(f"mailbox:{organization_id}:state", words[:500], ex=86_400)


def _position(organization_id: str) -> Position:
    kept = publisher.connection().get(f"mailbox:{organization_id}:position") or b""
    validity, _, uid = kept.decode().partition(":")
    return Position(int(validity), int(uid)) if validity.isdigit() and uid.isdigit() else Position()


def _remember(organization_id: str, position: Position) -> None:
    key = f"mailbox:{organization_id}:position"
    publisher.connection().set(key, f"{position.validity}:{position.uid}")
