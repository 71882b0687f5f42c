"""Mail in both directions: composing, sending from the outbox, and judging what comes in."""
