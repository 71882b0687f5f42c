"""Webhook calls of mail providers → raw messages, with each provider's proof of origin."""
