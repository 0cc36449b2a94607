"""What was said to the robot in groups, and what became of it."""
