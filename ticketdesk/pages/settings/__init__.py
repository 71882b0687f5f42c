"""What the pages of settings look like."""
