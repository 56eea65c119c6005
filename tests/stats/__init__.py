"""What two points say about the course of a plan."""
