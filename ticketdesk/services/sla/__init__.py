"""Service levels: targets, clocks and states (semantics.md, SLA)."""
