"""What was done over days and weeks: kept in a file, shown as text, tables and a page."""
