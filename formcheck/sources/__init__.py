"""Where poses come from: videos, cameras and recordings."""
