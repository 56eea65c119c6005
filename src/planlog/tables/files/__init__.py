"""Spreadsheet files to sheets of cells, within limits."""
