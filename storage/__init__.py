"""What we keep: tables, one transaction around each event, files; what identifies a person is sealed before."""
