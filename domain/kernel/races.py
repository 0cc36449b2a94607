"""A lost race is run again before anybody is told."""

import logging
from collections.abc import Callable
from typing import TypeVar

from domain.kernel.errors import ConcurrentUpdate, DomainError

log = logging.getLogger(__name__)
T = TypeVar("T")

RACES = 3
"""How often a lost race is run again before it is refused."""


def with_refusal(attempt: Callable[[DomainError | None], T]) -> T:
    """Try, run a lost race again, and let a refusal be recorded in a transaction of its own."""
    refusal: DomainError
    for race in range(RACES):
        try:
            return attempt(None)
        except ConcurrentUpdate as lost:
            log.info("lost a race, run %s", race + 1)
            refusal = lost
        except DomainError as refused:
            refusal = refused
            break
    return attempt(refusal)
