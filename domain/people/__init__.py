"""People, their roles, and who they are on each platform."""
