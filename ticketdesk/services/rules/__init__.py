"""Rules: what happens by itself when a ticket changes (semantics.md, Rules)."""
