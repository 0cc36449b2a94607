"""Decisions about a work order; they read, refuse or return an event, and change nothing."""
