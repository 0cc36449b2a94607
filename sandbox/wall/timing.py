"""The clock as it is moved from the wall: jumps, sixty times as fast, and what is refused."""

from collections.abc import Callable
from datetime import datetime, time, timedelta, timezone
from typing import Any

from sandbox.core.clock import SandboxClock
from sandbox.wall.phones import Refused

FAST = 60
JUMPS = {
    "minutes": timedelta(minutes=10),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
MORNING = time(8, 30)
FARTHEST = timedelta(days=366)
CHINA = timezone(timedelta(hours=8))
"""Where both platforms are, whoever looks from wherever."""


class Timing:
    """One set-up's clock.

    Args:
        followed: whether the product's clock goes like this one. Then time never goes backwards, because
            what is written with a later time would be from the future; else only the platforms' time moves.
        busy: what is being played, which counts on real seconds; empty when nothing is.
    """

    def __init__(self, clock: SandboxClock, *, followed: bool, busy: Callable[[], str]) -> None:
        self._clock, self._followed, self._busy = clock, followed, busy

    def told(self) -> dict[str, Any]:
        """Return how the clock goes, without what passes by itself."""
        pace = self._clock.pace
        return {
            "speed": pace.speed,
            "ahead": pace.speed != 1 or round((pace.shown_at - pace.real_at).total_seconds()) != 0,
            "moved_ms": round(pace.shown_at.timestamp() * 1000),
            "followed": self._followed,
        }

    def now(self) -> dict[str, int]:
        """Return what the clock shows, and by how much that is ahead of real time."""
        return {"now_ms": self._clock.now_ms(), "ahead_ms": round(self._clock.ahead_s * 1000)}

    def calm(self) -> None:
        """Go as fast as real time, because something is being played."""
        if self._clock.pace.speed != 1:
            self._clock.run(1)

    def move(self, by: str, to: Any = None) -> None:
        """Move the clock.

        Args:
            by: one of `JUMPS`; `morning`, the next half past eight; `to`, a moment; `fast` and `steady`,
                sixty times as fast as real time and as fast; `real`, back to what real clocks show.
            to: for `to`: a moment in China, e.g. `2026-03-02T08:30`.

        Raises:
            Refused: it cannot be moved like this, or not now.
        """
        if playing := self._busy():
            raise Refused(f"正在演“{playing}”，演完再拨钟", 409)
        if by in JUMPS:
            self._jump(JUMPS[by])
        elif by == "morning":
            self._jump(self._next_morning())
        elif by == "to":
            self._jump(self._until(to))
        elif by in ("fast", "steady"):
            self._run(FAST if by == "fast" else 1)
        elif by == "real":
            self._come_back()
        else:
            raise Refused(f"时钟不能这样拨：{by[:40]}")

    def _jump(self, by: timedelta) -> None:
        if timedelta(seconds=self._clock.ahead_s) + by > FARTHEST:
            raise Refused("最多拨到一年以后，请选近一点的时间")
        self._clock.advance(by.total_seconds())

    def _next_morning(self) -> timedelta:
        now = self._clock.now().astimezone(CHINA)
        morning = datetime.combine(now.date(), MORNING, CHINA)
        return morning - now if morning > now else morning + timedelta(days=1) - now

    def _until(self, to: Any) -> timedelta:
        try:
            moment = datetime.fromisoformat(to).replace(tzinfo=CHINA)
        except (TypeError, ValueError):
            raise Refused("请写成这样的时间，例如 2026-03-02T08:30") from None
        distance = moment - self._clock.now()
        if distance <= timedelta():
            raise Refused("时间只能往后拨，请选现在以后的时间")
        return distance

    def _run(self, speed: int) -> None:
        if not self._followed:
            raise Refused("产品用的是它自己的钟，没法一起快 60 倍", 409)
        self._clock.run(speed)

    def _come_back(self) -> None:
        if self._followed:
            raise Refused("时间不能倒流：产品记下的都会变成未来的事。请用“重置”回到真实时间", 409)
        self._clock.advance(-self._clock.ahead_s)
