"""Which exercise is it: all are followed side by side, and what each counts is weighed."""
