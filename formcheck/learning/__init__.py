"""A proposal for an exercise's file, from clips of good reps."""
