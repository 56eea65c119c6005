"""Tests for the diff of two plans."""
