"""formcheck: watches a person exercise, counts reps and holds, and names faults of form."""
