"""One source judged from its first pose to its last, its exercise named or recognised."""
