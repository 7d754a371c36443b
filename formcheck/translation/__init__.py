"""An exercise's texts in another language: read from the file beside it, and compared."""
