"""What of a pose is believed: MediaPipe is mistaken at times, and does not know it."""
