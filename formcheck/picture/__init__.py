"""Pictures: person, count and message drawn on them, written as images and video."""
