"""Tests of verifying: what is found, and what is said about it."""
