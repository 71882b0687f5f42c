"""What a screen of the staff app reads, in one transaction each."""
