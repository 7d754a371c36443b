"""Pictures: person, count and message drawn on them, shown in a window or written as video."""
