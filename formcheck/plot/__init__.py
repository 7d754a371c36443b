"""Measures over time as a plot, with the levels of an exercise."""
