"""The database: engines, unit of work, repositories, outbox, inbox and migrations."""
