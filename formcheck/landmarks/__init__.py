"""From pictures to landmarks: MediaPipe and its model, the right person, and cuts."""
