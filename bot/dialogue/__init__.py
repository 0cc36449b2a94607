"""Conversations of more than one message."""
