"""Waits on mailboxes (IDLE), so that a mail is here within a second and not within a minute.

One thread a mailbox, in the process of the leading scheduler; it only waits and queues a fetch,
the workers do the rest.
"""

import threading
from collections.abc import Callable

import structlog
from redis import RedisError
from sqlalchemy.exc import DBAPIError

from ticketdesk import unit_of_work
from ticketdesk.adapters.email.mailbox import Mailbox, MailboxUnavailable
from ticketdesk.errors import TicketDeskError
from ticketdesk.jobs import mailboxes
from ticketdesk.services.mail import mailboxes as known

# Servers may hang up after 30 minutes of IDLE (RFC 2177), some do after 10.
_IDLE_SECONDS = 5 * 60
_ROUND_SECONDS = 30.0
_PAUSE_SECONDS = 60.0

log = structlog.get_logger(__name__)


class MailboxWatch:
    """Keeps a waiting thread for every mailbox; `tend` is called now and then by its owner."""

    def __init__(
        self,
        arrived: Callable[[str], None] = mailboxes.enqueue,
        round_seconds: float = _ROUND_SECONDS,
    ) -> None:
        self._arrived = arrived
        self._round = round_seconds
        self._stop = threading.Event()
        self._threads: dict[str, threading.Thread] = {}

    def tend(self) -> None:
        """Start threads for mailboxes that have none; they end by themselves."""
        try:
            found = unit_of_work.across(known.organizations_with_accounts)
        except DBAPIError as error:
            log.warning("mailbox_watch_pauses", words=str(error)[:200])
            return
        for organization_id in found:
            thread = self._threads.get(organization_id)
            if thread is None or not thread.is_alive():
                thread = threading.Thread(
                    target=self._watch, args=(organization_id,), daemon=True, name="mailbox"
                )
                self._threads[organization_id] = thread
                thread.start()

    def stop(self) -> None:
        """Let the threads end after the round they wait in; the process need not wait for them."""
        self._stop.set()

    def _watch(self, organization_id: str) -> None:
        """Wait on one mailbox until its server hangs up; the next `tend` starts anew."""
        try:
            account = unit_of_work.as_system(organization_id, known.account)
            if account is None:
                self._stop.wait(_PAUSE_SECONDS)
                return
            with Mailbox(account) as box:
                if not box.can_wait:
                    self._stop.wait(_PAUSE_SECONDS)
                    return
                if box.waiting:
                    # It may have come between the last fetch and this sign-in: nobody tells of it.
                    self._arrived(organization_id)
                for _ in range(int(_IDLE_SECONDS / self._round)):
                    if box.wait(self._round):
                        self._arrived(organization_id)
                    if self._stop.is_set():
                        return
        except (MailboxUnavailable, TicketDeskError, RedisError, DBAPIError) as error:
            log.info("mailbox_watch_pauses", organization_id=organization_id, words=str(error))
            self._stop.wait(_PAUSE_SECONDS)
