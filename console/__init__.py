"""Pages people open from chat: what a bubble is too small for, without an account."""
