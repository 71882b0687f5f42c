"""Examples about chats for the documentation."""

from typing import Any

CHAT: dict[str, Any] = {
    "id": "chat_0199d3c2a1b69292a6e7f8091a2b3c4d",
    "organizationId": "org_0199d3c2a1a87e10a3b8c4d5e6f70812",
    "title": "I can't login",
    "customerId": None,
    "customerName": "Jane Smith",
    "customerEmail": "jane@example.com",
    "channel": "WEB",
    "externalId": "conversation-4711",
    "status": "OPEN",
    "escalation": "REQUESTED",
    "assignedToId": None,
    "lastMessageAt": "2026-11-02T10:30:00.000Z",
    "agentReadAt": None,
    "customerReadAt": None,
    "closedAt": None,
    "createdAt": "2026-11-02T10:29:00.000Z",
    "metadata": {},
    "version": 1,
    "tickets": [],
}
CREATE: dict[str, Any] = {
    "title": "I can't login",
    "customerName": "Jane Smith",
    "customerEmail": "jane@example.com",
    "externalId": "conversation-4711",
}
MESSAGE: dict[str, Any] = {
    "id": "msg_0199d3c2a1b7a3a3b7f8091a2b3c4d5e",
    "chatId": CHAT["id"],
    "role": "USER",
    "authorId": None,
    "authorName": "Jane Smith",
    "content": "I can't login",
    "clientId": "message-1",
    "attachments": [],
    "createdAt": "2026-11-02T10:30:00.000Z",
}
SAY: dict[str, Any] = {"role": "USER", "content": "I can't login", "clientId": "message-1"}
ESCALATE: dict[str, Any] = {
    "subject": "Login issue - requires investigation",
    "priority": "HIGH",
    "category": "Technical",
    "includeTranscript": True,
    "includeAttachments": True,
    "autoAssignToAgent": True,
    "tags": ["escalated-from-chat"],
}
FROM_CHAT: dict[str, Any] = {
    "subject": "Login issue - requires investigation",
    "originChatId": CHAT["id"],
    "source": "CHAT",
    "requesterName": "Jane Smith",
    "requesterEmail": "jane@example.com",
    "description": "[Chat Transcript]\n[Nov 02, 2026 10:30] Customer: I can't login",
    "tags": ["escalated-from-chat"],
    "customFields": {},
}
