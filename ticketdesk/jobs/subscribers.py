"""Who works on which promises of the outbox. One literal table: `drain` reads nothing else."""

from collections.abc import Callable
from datetime import datetime

from ticketdesk.jobs import mail
from ticketdesk.outbox import Promise

# Gets the promises of one organization and the moment by which it must have let go of them. It
# finishes, fails or releases each by itself, in the transaction that records what it did.
Handler = Callable[[str, list[Promise], datetime], None]

HANDLERS: dict[str, Handler] = {
    "mail.ticket_created": mail.hand_over,
    "mail.ticket_response": mail.hand_over,
    "mail.ticket_assigned": mail.hand_over,
    "mail.status_changed": mail.hand_over,
}
