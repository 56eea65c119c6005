"""What documents state, and which events make the record say so."""
