"""Is this our own mail coming back?"""

from ticketdesk.services.mail.inbound.message import ParsedMail
from ticketdesk.services.mail.signing import Signer

# RFC 5321, 6.3 asks for a limit of at least 100; a mail to a desk that hops 50 times circles.
MAX_HOPS = 50


def own_mail(mail: ParsedMail, own_addresses: frozenset[str], signer: Signer) -> str | None:
    """Why the message counts as our own or as circling, or None.

    `own_addresses` are all addresses of the organization that send or receive, lower-case.
    """
    if mail.message_id and signer.read_message_id(mail.message_id):
        return "its Message-ID is one of ours"
    if mail.sender and mail.sender.email in own_addresses:
        return f"it comes from our own address {mail.sender.email}"
    if mail.sender and signer.read_plus(mail.sender.email):
        return f"it comes from our own address {mail.sender.email}"
    for value in mail.headers.all("x-loop"):
        if value.strip().lower() in own_addresses:
            return "X-Loop names one of our addresses"
    hops = len(mail.headers.raw("received"))
    if hops > MAX_HOPS:
        return f"it passed {hops} servers; it goes in circles"
    return None
