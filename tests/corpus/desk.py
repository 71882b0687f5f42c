"""The desk that the corpus is delivered to: five tickets, two agents, no database."""

from ticketdesk.services.mail.inbound.desk import TicketFacts
from ticketdesk.services.mail.signing import Signer, derive_key

SUPPORT = "support@acme.example"
JANE = "jane@customer.example"
SIGNER = Signer(derive_key(b"corpus-secret-key-of-32-characters", "mail"), "org_acme")
STRANGER_SIGNER = Signer(derive_key(b"corpus-secret-key-of-32-characters", "mail"), "org_globex")

TICKETS = {
    1001: TicketFacts(1001, "Cannot log in", JANE, frozenset({"omar@customer.example"})),
    1002: TicketFacts(1002, "Invoice", JANE),
    1003: TicketFacts(1003, "Old matter", JANE, is_closed=True, reopens=True),
    1004: TicketFacts(1004, "Older matter", JANE, is_closed=True, reopens=False),
}
PLUS = SIGNER.plus_address(SUPPORT, 1001)
SENT = SIGNER.message_id("out_01", 1001, "acme.example")
SENT_1002 = SIGNER.message_id("out_02", 1002, "acme.example")
KNOWN = {"<their-own@customer.example>": 1001, "<0100-ses@eu-west-1.amazonses.com>": 1001}


class CorpusDesk:
    """`inbound.desk.Desk` over the constants above."""

    signer = SIGNER
    own_addresses = frozenset({SUPPORT, "noreply@acme.example"})

    def ticket(self, number: int) -> TicketFacts | None:
        """1005 was merged into 1001."""
        return TICKETS.get(1001 if number == 1005 else number)

    def ticket_of_message(self, message_id: str) -> int | None:
        """By the ids that were sent by a provider or received before."""
        return KNOWN.get(message_id)

    def is_known(self, message_id: str, digest: str) -> bool:
        """One message was here before."""
        return message_id == "<seen-before@customer.example>"

    def is_agent(self, email: str) -> bool:
        """Grace and Linus."""
        return email in {"grace@acme.example", "linus@acme.example"}
