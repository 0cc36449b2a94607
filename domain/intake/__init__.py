"""What a requester's words mean, and whether somebody said the same before."""
