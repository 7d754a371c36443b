"""Where poses come from: videos, cameras, recordings, and the model that finds landmarks."""
