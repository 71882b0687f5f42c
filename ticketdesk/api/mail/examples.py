"""Examples of mail for the documentation."""

from ticketdesk.api import ticket_examples as tickets

MESSAGE = {
    "id": "mail_0199d3c2a1bce8e80c4d5e6f70819203",
    "sender": "eve@else.example",
    "senderName": "Eve",
    "subject": "Re: Ticket #1001: Cannot log in",
    "state": "HELD",
    "why": ["Held: eve@else.example is not part of ticket #1001."],
    "error": None,
    "size": 2048,
    "ticketId": tickets.TICKET["id"],
    "responseId": None,
    "createdAt": "2026-11-02T10:30:00.000Z",
}
DELIVERY = {
    "id": "delivery_0199d3c2a1bdf9f91d5e6f7081920314",
    "ticketId": tickets.TICKET["id"],
    "responseId": tickets.RESPONSE["id"],
    "kind": "response",
    "recipient": "jane@customer.example",
    "state": "SENT",
    "words": None,
    "provider": "console",
    "messageId": "<out_0199d3.t1001.abcdefghijklmnop@acme.example>",
    "createdAt": "2026-11-02T10:30:00.000Z",
    "updatedAt": "2026-11-02T10:30:11.000Z",
}
OUTCOME = {
    "success": True,
    "result": "appended",
    "ticket": tickets.TICKET,
    "response": tickets.RESPONSE,
    "why": [*MESSAGE["why"], "Grace Hopper accepted it."],
}
