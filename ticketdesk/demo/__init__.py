"""The demo: two organizations with people, tickets and chats that read like real work."""
