"""Files that are written: whole, growing, one beside the other, and what a killed program left."""
