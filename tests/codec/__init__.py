"""Tests of the codec, by subject."""
