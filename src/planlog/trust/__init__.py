"""How can a record be believed: its tree of hashes, and what is proven with it."""
