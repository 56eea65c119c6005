"""Tests of where a text still stands, apart from the log."""
