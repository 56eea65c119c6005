"""Plans, histories and findings as a table, Markdown, CSV or JSON: texts to be written out."""
