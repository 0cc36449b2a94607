"""A token store in memory."""

from datetime import datetime


class MemoryTokens:
    """A token store for one test."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, datetime]] = {}

    def get(self, key: str) -> tuple[str, datetime] | None:
        return self.kept.get(key)

    def put(self, key: str, token: str, expires_at: datetime) -> None:
        self.kept[key] = (token, expires_at)

    def drop(self, key: str) -> None:
        self.kept.pop(key, None)
