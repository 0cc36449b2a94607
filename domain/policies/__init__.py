"""What follows from an event; the only code that joins areas."""
