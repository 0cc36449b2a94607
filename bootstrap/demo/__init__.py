"""The demonstration: both platforms played on loopback, the real product beside them."""
