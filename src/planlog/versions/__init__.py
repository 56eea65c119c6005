"""What did a document state? The events that make the record say so."""
