"""Finds the poses in a video: in one picture after the other, or in segments on all cores."""
