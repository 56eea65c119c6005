"""Where a text still stands, apart from the log."""
