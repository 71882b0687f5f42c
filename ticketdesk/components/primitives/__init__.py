"""One small wrapper per browser-side building block; each has a `.jsx` twin beside it."""
