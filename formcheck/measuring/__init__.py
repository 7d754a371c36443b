"""From a pose to numbers: the tracked body, the kinds of measure, and their reader."""
