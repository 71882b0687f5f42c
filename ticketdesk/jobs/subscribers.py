"""Who works on which promises of the outbox. One literal table: `drain` reads nothing else."""

from collections.abc import Callable
from datetime import datetime

from ticketdesk.jobs import desk, files, inbound_checks, mail, privacy, service_levels, webhooks
from ticketdesk.outbox import Promise

# Gets the promises of one organization and the moment by which it must have let go of them. It
# finishes, fails or releases each by itself, in the transaction that records what it did.
Handler = Callable[[str, list[Promise], datetime], None]

HANDLERS: dict[str, Handler] = {
    "sla.recompute": service_levels.recompute_open,
    "mail.ticket_created": mail.hand_over,
    "mail.ticket_response": mail.hand_over,
    "mail.ticket_assigned": mail.hand_over,
    "mail.status_changed": mail.hand_over,
    "mail.sla_warning": mail.hand_over,
    "mail.rule_notice": mail.hand_over,
    "mail.notification": mail.hand_over,
    "mail.test": mail.hand_over,
    "mail.survey": mail.hand_over,
    "mail.digest": mail.hand_over,
    "mail.check_inbound": inbound_checks.check,
    "mail.lost_link": mail.hand_over,
    "mail.invitation": mail.account,
    "mail.password_reset": mail.account,
    "mail.portal_link": mail.account,
    "tickets.bulk": desk.bulk_change,
    "people.hand_over": desk.hand_over,
    "people.hand_back": desk.hand_back,
    "people.erase": privacy.erase_person,
    "webhooks.deliver": webhooks.deliver,
    "files.scan": files.scan,
    "files.thumbnail": files.draw,
    "files.delete": files.delete,
}
