"""A session in front of a camera: the loop, what it writes, and how it ends."""
