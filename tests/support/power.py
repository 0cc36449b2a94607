"""The power fails inside a transaction, at a moment that the test chooses."""

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.orm import Session


class PowerCut(BaseException):
    """What no handler catches."""


def dying(moment: str, work: Callable[[], None], nth: int = 1) -> None:
    """Do the work; the power fails when a session of it gets to this moment for the n-th time."""
    left = nth

    def cut(*_context: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise PowerCut

    event.listen(Session, moment, cut)
    try:
        work()
    finally:
        event.remove(Session, moment, cut)
