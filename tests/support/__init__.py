"""What the tests stand on: real servers, cheap databases, the demo's cast."""
