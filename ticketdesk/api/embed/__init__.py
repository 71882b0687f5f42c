"""The public API of the form: no sign-in, counted, open to the organization's sites only."""
