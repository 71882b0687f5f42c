"""What runs outside a request: thin entry points that call services, and when they run."""
