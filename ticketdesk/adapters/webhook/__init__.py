"""Telling other systems: one POST to an address that must not be inside our own network."""
