"""A plan history of seven years, invented, and what planlog tells of it."""
