"""What people send as evidence: fetched, judged by its bytes, kept, and shown without metadata."""
