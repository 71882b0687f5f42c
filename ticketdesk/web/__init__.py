"""The web process: one ASGI application for the staff app, the API and the public pages."""
