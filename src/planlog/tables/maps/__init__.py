"""How a table is to be read: maps, and first ones that planlog proposes."""
