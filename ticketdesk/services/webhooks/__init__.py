"""Webhooks out: registered by admins, told through the outbox, logged with replay."""
