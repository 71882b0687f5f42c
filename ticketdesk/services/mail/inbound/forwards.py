"""An agent forwards a customer's mail to the desk: the customer is the requester, not the agent."""

import quotequail

from ticketdesk.services.mail.inbound import subjects
from ticketdesk.services.mail.inbound.addresses import Address, parse_addresses
from ticketdesk.services.mail.inbound.message import ParsedMail

_LOOK_AT = 20_000


def forwarded_from(mail: ParsedMail) -> Address | None:
    """Whose mail is forwarded in `mail`, by its inner From line; None when it is no forward."""
    if not subjects.is_forward(mail.subject):
        return None
    inner = quotequail.unwrap(mail.text[:_LOOK_AT])
    if not inner or inner.get("type") != "forward":
        return None
    return next(iter(parse_addresses(inner.get("from", ""))), None)
