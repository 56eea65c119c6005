"""Tests for the audit: histories, origins, priorities and decisions."""
