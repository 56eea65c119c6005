"""What comes from others, and how far it gets."""
