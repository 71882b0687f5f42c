"""Chats: the conversations beside tickets, ours or fed in by another system."""
