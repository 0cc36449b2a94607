"""What customers thought of the service: ratings, and the calls that follow."""
