"""Outbox rows become messages on a platform: claimed by lease, retried as a value, never lost."""
