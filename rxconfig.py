"""Reflex reads this file; the choices live in `ticketdesk.web.config`."""

from ticketdesk.web.config import reflex_config

config = reflex_config()
