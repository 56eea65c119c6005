"""The tests of planlog."""
