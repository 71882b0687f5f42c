"""Tickets: one verb a module."""
