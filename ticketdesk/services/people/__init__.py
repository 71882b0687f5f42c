"""What admins do with members."""
