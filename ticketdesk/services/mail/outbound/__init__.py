"""From a promise in the outbox to a mail that left (semantics.md, Email out)."""
