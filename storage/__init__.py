"""What we keep: tables, one transaction around each event, and files. Identifying things are sealed before they come here."""
