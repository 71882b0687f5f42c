"""Analytics: how the desk did over a period, by whatever one wants to tell apart."""
