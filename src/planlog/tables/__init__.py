"""Spreadsheet files to what they state of a plan, and a plan to spreadsheet files."""
