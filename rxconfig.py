"""Reflex reads this file from the working directory; the choices live in `ticketdesk.web.config`."""

from ticketdesk.web.config import reflex_config

config = reflex_config()
