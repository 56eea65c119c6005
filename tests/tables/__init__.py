"""Tests of spreadsheet files, in and out."""
