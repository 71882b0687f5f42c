"""What each screen looks like; no logic."""
