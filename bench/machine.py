"""What the figures were measured on."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from adapters.clock import utc_now
from domain.kernel.localtime import CHINA


def describe() -> list[str]:
    """Return a few lines about this machine, its load and the moment."""
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("flask", "gunicorn", "sqlalchemy", "psycopg", "pydantic")
    )
    return [
        f"date       {utc_now().astimezone(CHINA):%Y-%m-%d %H:%M} (China)",
        f"machine    {os.cpu_count()} cores, {_cpu()}, {platform.system()} {platform.release()}",
        f"python     {platform.python_version()}; {libraries}",
        f"load       {load()} (other work on the machine makes every figure below worse)",
    ]


def load() -> str:
    """Return the load average of the last minute and of the last five."""
    one, five, _ = os.getloadavg()
    return f"{one:.1f} now, {five:.1f} over 5 min"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
