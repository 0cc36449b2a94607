"""Who may do what, and see what: one table for chat, pages and API."""
