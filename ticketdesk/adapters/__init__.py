"""The outside world, each behind a small Protocol with a twin for development."""
