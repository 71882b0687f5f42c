"""The customer's door, tried through HTTP as the public meets it."""
