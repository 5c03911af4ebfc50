"""Who may read it: keys, envelopes around fields, sealed files; imports no other room."""
