"""Whether the record is still what it was when somebody vouched for it."""
