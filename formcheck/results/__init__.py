"""What was found, for people and programs: words, text, JSON and tables."""
