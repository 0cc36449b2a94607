"""Handlers of work-order commands: fetch, decide, apply, record."""
