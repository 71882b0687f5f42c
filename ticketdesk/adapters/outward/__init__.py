"""Calls that leave the process: to checked addresses, for a limited time, of a limited size."""
