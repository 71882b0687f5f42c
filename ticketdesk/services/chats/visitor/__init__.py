"""The customer's side of a chat: no account, only a signed token for one conversation."""
