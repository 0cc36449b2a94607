"""The story: a fault reported in WeCom becomes a job accepted in DingTalk, seen on the platforms' side."""

import re
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from bootstrap.demo.cast import Cast, Player
from bootstrap.demo.stage import Stage

T = TypeVar("T")
NUMBER = re.compile(r"WO-\d{8}-\d{4,}")
SEEN_S = 30.0


class _Shown(Protocol):
    @property
    def text(self) -> str:
        """Return what a message reads like."""


class StepNotSeen(Exception):
    """A step of the story was not seen on the platform's side."""


class Story:
    """Plays the roles and insists on seeing every answer where its reader would.

    Args:
        write: prints one line of narration.
    """

    def __init__(self, stage: Stage, cast: Cast, write: Callable[[str], None]) -> None:
        self._stage = stage
        self._write = write
        self._technicians = cast.with_role("technician")
        self._customers = [player for player in cast.with_role("customer") if player.platform == "kf"]

    def play(self) -> None:
        """Play both work orders to their end.

        Raises:
            StepNotSeen: with what was missing.
        """
        self._accepted_by_press(self._customers[0])
        self._declined_then_accepted_by_words(self._customers[1])

    def _accepted_by_press(self, customer: Player) -> None:
        self._write("\n【第一单】客户在微信里报修，技师在钉钉卡片上点“接单”")
        number = self._report(customer, "3号冷库的冷藏机组不制冷了，库温已经升到8度，货是疫苗，麻烦快点")
        technician = self._see(f"技师收到 {number} 的卡片", lambda: self._holder(number))
        pressed = self._stage.dingtalk.user_presses(technician.user_id, "接单", contains=number)
        self._insist(pressed.code == 200, f"平台收到了点击的应答（{pressed.latency_s * 1000:.0f} 毫秒）")
        self._see_accepted(number, technician, customer, [technician])

    def _declined_then_accepted_by_words(self, customer: Player) -> None:
        self._write("\n【第二单】第一位技师拒单并说明原因，下一位技师用文字接单，客户随时问“进度”")
        number = self._report(customer, "CT机房的精密空调一直报高压告警，重启也没用")
        first = self._see(f"技师收到 {number} 的卡片", lambda: self._holder(number))
        self._stage.dingtalk.user_presses(first.user_id, "拒单", contains=number)
        self._see("机器人问拒单原因", lambda: self._in_chat(first, number, "回复原因"))
        self._stage.dingtalk.user_says(first.user_id, "今天在外地，赶不回来")
        second = self._see("下一位技师收到卡片", lambda: self._holder(number, besides=first))
        self._stage.dingtalk.user_says(second.user_id, f"接单 {number}")
        self._see_accepted(number, second, customer, [first, second])
        self._stage.wecom.customer_says(customer.user_id, "修到哪了")
        self._see(
            "客户得到进度：节点、负责人、时间",
            lambda: self._last(customer, number, "已接单", second.name, "更新时间"),
        )

    def _report(self, customer: Player, words: str) -> str:
        before = set(self._numbers(customer))
        self._stage.wecom.customer_says(customer.user_id, words)
        number = self._see("客户收到回执和工单号", lambda: next(iter(self._numbers(customer) - before), ""))
        self._see("调度群看到新工单", lambda: self._in_desk(number))
        return number

    def _see_accepted(
        self, number: str, technician: Player, customer: Player, viewers: Iterable[Player]
    ) -> None:
        done = f"已接单：{technician.name}"
        for viewer in viewers:
            self._see(
                f"{viewer.name} 的卡片显示“{done}”",
                lambda viewer=viewer: self._card(viewer, number, done),  # type: ignore[misc]
            )
        self._see(f"调度群的卡片显示“{done}”", lambda: self._in_desk(number, done))
        self._see("客户得知谁来维修", lambda: self._last(customer, number, technician.name, "上门"))

    def _holder(self, number: str, besides: Player | None = None) -> Player | None:
        """Return who can press 接单 on this work order's card now."""
        for technician in self._technicians:
            shown = self._stage.dingtalk.chat(f"user:{technician.user_id}")
            if technician != besides and any(number in one.text and "接单" in one.buttons for one in shown):
                return technician
        return None

    def _numbers(self, customer: Player) -> set[str]:
        shown = self._stage.wecom.chat(f"kf:{customer.user_id}")
        return {number for one in shown for number in NUMBER.findall(one.text)}

    def _card(self, viewer: Player, *words: str) -> bool:
        shown = self._stage.dingtalk.chat(f"user:{viewer.user_id}")
        return any(not one.buttons for one in _with(shown, words) if one.card is not None)

    def _in_chat(self, player: Player, *words: str) -> bool:
        return bool(_with(self._stage.dingtalk.chat(f"user:{player.user_id}"), words))

    def _in_desk(self, *words: str) -> bool:
        return bool(_with(self._stage.dingtalk.chat(f"group:{self._stage.desk_group}"), words))

    def _last(self, customer: Player, *words: str) -> bool:
        return bool(_with(self._stage.wecom.chat(f"kf:{customer.user_id}")[-1:], words))

    def _see(self, what: str, look: Callable[[], T | None]) -> T:
        try:
            found = self._stage.journal.wait_for(look, SEEN_S, what)
        except TimeoutError as error:
            raise StepNotSeen(f"{what}；日志：{self._stage.log_file}") from error
        self._write(f"    ✓ {what}")
        return found

    def _insist(self, seen: bool, what: str) -> None:
        if not seen:
            raise StepNotSeen(f"{what}；日志：{self._stage.log_file}")
        self._write(f"    ✓ {what}")


S = TypeVar("S", bound=_Shown)


def _with(shown: Iterable[S], words: Iterable[str]) -> list[S]:
    return [one for one in shown if all(word in one.text for word in words)]
