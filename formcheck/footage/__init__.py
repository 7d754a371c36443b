"""The pictures of a video, each with its time: read in order, from some place on, or again."""
