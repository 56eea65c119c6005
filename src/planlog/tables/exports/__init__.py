"""Plans and histories to tables, and tables to files."""
