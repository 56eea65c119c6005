"""Tests of what makes a record believable."""
