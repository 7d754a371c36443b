"""What an exercise or routine is: files read, checked, built, and said back in words."""
