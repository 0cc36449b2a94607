"""Tables of spare parts."""
