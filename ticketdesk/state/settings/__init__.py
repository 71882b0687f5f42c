"""The pages of settings, one State each."""
