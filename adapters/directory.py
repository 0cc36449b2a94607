"""Asking a platform who owns a mobile number, to prove a binding instead of guessing."""

from typing import Protocol


class Directory(Protocol):
    """A platform's address book."""

    def confirms(self, user_id: str, mobile: str) -> bool | None:
        """Return whether this user owns this mobile number; None when the platform does not say.

        Raises:
            DeliveryError: the platform refused or did not answer.
        """
