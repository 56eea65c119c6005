"""From the rows of a sheet to what a document states."""
