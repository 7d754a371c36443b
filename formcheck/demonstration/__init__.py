"""Moving pictures of how an exercise goes, and how each fault looks beside good form."""
