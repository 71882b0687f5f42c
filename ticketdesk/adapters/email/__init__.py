"""Providers that carry mail: one file each, all speaking `provider.EmailProvider`."""
