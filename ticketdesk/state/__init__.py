"""One small Reflex State per screen; every handler goes through `unit_of_work`."""
