"""APScheduler drives the ticks; due moments themselves are columns, so any number of copies may run."""

import logging
from collections.abc import Callable, Mapping

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

Tick = Callable[[], None]


def start_ticks(ticks: Mapping[str, tuple[float, Tick]]) -> Callable[[], None]:
    """Start every tick at its interval in seconds; return what stops them."""
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    clock = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(max(2, len(ticks)))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for name, (every_s, tick) in ticks.items():
        clock.add_job(tick, "interval", seconds=every_s, id=name)
    clock.start()
    return lambda: clock.shutdown(wait=True)
