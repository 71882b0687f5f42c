"""Incoming mail meets the database: kept first, judged, then done (semantics.md, Email in)."""
