"""Pictures, voices, videos and documents people sent, and where each belongs."""
