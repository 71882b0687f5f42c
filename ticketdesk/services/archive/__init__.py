"""An organization as a stream of JSON lines, out of one installation and into another."""
