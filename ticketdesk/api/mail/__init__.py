"""Mail over REST: what providers and mail servers deliver."""
