"""Files: taken in through checks, served with care, gone when nothing refers to them."""
