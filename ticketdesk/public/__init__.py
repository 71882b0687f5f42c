"""Pages for whoever has not signed in: rendered on the server, readable without a script."""
