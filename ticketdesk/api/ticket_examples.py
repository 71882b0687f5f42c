"""The specification's API examples, as the documentation shows them."""

from typing import Any

TICKET: dict[str, Any] = {
    "id": "ticket_0199d3c2a1b07c33b1f2a9d0c4e5f601",
    "ticketNumber": 1001,
    "organizationId": "org_0199d3c2a1a87e10a3b8c4d5e6f70812",
    "subject": "Cannot access billing dashboard",
    "description": "Customer called and reported they can't access the billing section...",
    "descriptionFormat": "text",
    "status": "NEW",
    "priority": "HIGH",
    "category": "Technical",
    "tags": ["billing", "access-issue"],
    "customFields": {"source": "phone", "accountNumber": "12345"},
    "requesterId": None,
    "requesterName": "John Doe",
    "requesterEmail": "john@example.com",
    "cc": [],
    "assignedToId": "user_0199d3c2a1b27d44c2a3b4c5d6e7f809",
    "assignedAt": "2026-11-02T10:30:00.000Z",
    "source": "MANUAL",
    "originChatId": None,
    "linkedChatIds": [],
    "mergedIntoId": None,
    "metadata": {},
    "firstResponseAt": None,
    "firstResponseSla": "2026-11-02T14:30:00.000Z",
    "resolutionSla": "2026-11-03T10:30:00.000Z",
    "slaState": "ok",
    "slaDueAt": "2026-11-02T14:30:00.000Z",
    "resolvedAt": None,
    "closedAt": None,
    "createdAt": "2026-11-02T10:30:00.000Z",
    "updatedAt": "2026-11-02T10:30:00.000Z",
    "version": 1,
    "viewUrl": "/app/tickets/ticket_0199d3c2a1b07c33b1f2a9d0c4e5f601",
}
CREATE: dict[str, Any] = {
    "organizationId": "acme",
    "requesterName": "John Doe",
    "requesterEmail": "john@example.com",
    "subject": "Cannot access billing dashboard",
    "description": "Customer called and reported they can't access the billing section...",
    "priority": "HIGH",
    "category": "Technical",
    "tags": ["billing", "access-issue"],
    "customFields": {"source": "phone", "accountNumber": "12345"},
    "assignedToId": "me",
    "originChatId": None,
}
UPDATE: dict[str, Any] = {"priority": "URGENT", "tags": ["billing"], "version": 1}
RESPONSE: dict[str, Any] = {
    "id": "resp_0199d3c2a1b37f55d3b4c5d6e7f8091a",
    "ticketId": TICKET["id"],
    "content": "Hi John, I've reset your password. Please check your email.",
    "contentFormat": "text",
    "isInternal": False,
    "authorType": "AGENT",
    "author": {
        "id": "user_0199d3c2a1b27d44c2a3b4c5d6e7f809",
        "name": "Support Agent",
        "email": "agent@example.com",
    },
    "cc": [],
    "isEmailSent": False,
    "emailMessageId": None,
    "mailError": None,
    "attachments": [],
    "createdAt": "2026-11-02T10:30:00.000Z",
}
RESPOND: dict[str, Any] = {
    "content": "Hi John, I've reset your password. Please check your email.",
    "isInternal": False,
    "statusChange": "IN_PROGRESS",
}
RESPONDED: dict[str, Any] = {
    "success": True,
    "response": RESPONSE,
    "ticket": TICKET
    | {"status": "IN_PROGRESS", "firstResponseAt": "2026-11-02T10:30:00.000Z", "version": 2},
}
ACTIVITY: dict[str, Any] = {
    "id": "act_0199d3c2a1b47066e4c5d6e7f8091a2b",
    "activityType": "PRIORITY_CHANGED",
    "description": "changed the priority from HIGH to URGENT",
    "changes": {"priority": {"before": "HIGH", "after": "URGENT"}},
    "performedById": "user_0199d3c2a1b27d44c2a3b4c5d6e7f809",
    "performedByName": "Grace Hopper",
    "performedByKind": "USER",
    "responseId": None,
    "createdAt": "2026-11-02T10:31:00.000Z",
}
