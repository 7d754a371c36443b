"""What to say and show while somebody exercises, without a clock, a voice or a screen."""
