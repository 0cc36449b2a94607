"""How soon to knock at the gateway again."""

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Exponential back-off with jitter.

    A gateway that accepts and then closes at once counts as a failure, so the number of opens stays bounded:
    about seven in the first 30 s and one a minute later on.

    Args:
        first_s: the longest wait after the first failure.
        max_s: the longest wait ever.
        stable_s: a connection that lived so long was healthy; the next one is opened at once.
    """

    first_s: float = 1.0
    max_s: float = 60.0
    stable_s: float = 30.0

    def failures_after(self, failures: int, lived_s: float) -> int:
        """Return how many failures in a row there are, now that a connection ended."""
        return 0 if lived_s >= self.stable_s else failures + 1

    def delay_s(self, failures: int, jitter: Callable[[], float] = random.random) -> float:
        """Return how long to wait; between half and all of the step, so that many clients spread."""
        if failures <= 0:
            return 0.0
        step = min(self.max_s, self.first_s * float(2 ** min(failures - 1, 30)))
        return step * (0.5 + 0.5 * jitter())
