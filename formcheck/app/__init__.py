"""The coach on its own page, in this computer's own browser."""
