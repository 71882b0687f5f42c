"""What a file really is: read from its content, then compared with what its name claims."""
