"""What is kept, for how long, and what a person may ask for: erasure and a copy."""
