"""Asking requesters how satisfied they are, and what they say."""
