"""What the command line says of its own, and how a terminal, or whoever reads it, ends it."""
