"""Tests for the rules a history should obey."""
