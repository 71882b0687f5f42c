"""Reusable view functions of the staff app; `design` holds every colour, size and radius."""
