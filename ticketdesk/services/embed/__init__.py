"""The public form: what it asks, how answers are checked, who may send how much, tracking."""
