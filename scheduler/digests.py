"""The tick of digests: what is planned for now becomes one command for each audience."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from domain.kernel.messages import Command
from domain.sla.commands import SendDigest

log = logging.getLogger(__name__)

Due = Callable[[datetime], Sequence[tuple[str, str, date]]]
"""Finds (plan, audience, day) of digests whose time has come and that were not sent."""


def send_digests(due: Due, run: Callable[[Command], None], now: Callable[[], datetime]) -> None:
    """Send every digest that is due; of several replicas the first one does."""
    at = now()
    for plan, audience, day in due(at):
        command = SendDigest(
            actor_id="system",
            issued_at=at,
            idempotency_key=f"digest:{day}:{uuid5(NAMESPACE_URL, f'{plan}:{audience}').hex}",
            plan=plan,
            audience=audience,
            day=day,
        )
        try:
            run(command)
        except Exception:
            # One audience whose digest fails must not keep the others waiting.
            log.exception("digest %s for %s could not be sent; the next tick tries again", plan, audience)
