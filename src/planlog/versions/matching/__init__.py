"""Which measure is a row of a table? What is likely, and what people say to it."""
