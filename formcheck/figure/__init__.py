"""A stick figure that does the exercises: right, with any fault, and seen by a camera."""
