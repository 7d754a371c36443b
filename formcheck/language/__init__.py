"""What a person reads or hears, in their own language."""
