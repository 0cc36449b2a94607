"""Where platform access tokens live so that all processes share them."""

from datetime import datetime
from typing import Protocol


class TokenStore(Protocol):
    """A small shared store; a token is a secret and never reaches a log."""

    def get(self, key: str) -> tuple[str, datetime] | None:
        """Return the token and the moment it expires, or None."""

    def put(self, key: str, token: str, expires_at: datetime) -> None:
        """Keep a token for every process."""

    def drop(self, key: str) -> None:
        """Forget a token."""
