"""The customer's door in a real browser."""
