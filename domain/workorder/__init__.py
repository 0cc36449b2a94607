"""The work order: one thread from the first word to the closed loop."""
