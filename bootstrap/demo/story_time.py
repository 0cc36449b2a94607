"""The act about time: a reminder, an escalation, a pause, an answer to why, and the digest."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bootstrap.demo.cast import Player
from bootstrap.demo.chats import Chats
from bootstrap.demo.faster import publish_faster, publish_shipped

DIGEST_IN = timedelta(seconds=20)


class TimeAct:
    """Plays a work order that nobody accepts in time.

    Args:
        report: lets a customer report a fault and returns the work order's number.
        holder: finds who can press 接单 on a work order's card.
        now: the stage's clock.
    """

    def __init__(
        self,
        chats: Chats,
        database_url: str,
        report: Callable[[Player, str], str],
        holder: Callable[[str], Player | None],
        now: Callable[[], datetime],
    ) -> None:
        self._chats = chats
        self._database_url = database_url
        self._report = report
        self._holder = holder
        self._now = now

    def play(self, customer: Player, manager: Player) -> None:
        """Let the limits run out, one after the other; then everything takes its usual time.

        Raises:
            StepNotSeen: with what was missing.
        """
        chats = self._chats
        chats.write("\n【时限】演示把十分钟当一秒：没人接单先提醒，超时通报群里，再升级到经理；挂起时停表")
        publish_faster(self._database_url, self._now(), DIGEST_IN)
        number = self._report(customer, "数控车床 CNC-250410-08 刀塔转不动，报警 1005")
        asked = chats.see(f"技师收到 {number} 的卡片", lambda: self._holder(number))
        chats.hears(asked, "响应时限提醒", number)
        chats.desk_sees(number, "响应", "时限已到")
        chats.hears(manager, "升级通知（2级）", number)
        chats.presses(asked, "接单", number)
        chats.hears(customer, number, asked.name)
        chats.says(asked, f"挂起 {number} 等配件 刀塔电机")
        chats.hears(asked, number, "处理 暂停计时")
        chats.desk_sees("售后日报", "新增", "达标")
        chats.says(asked, f"恢复 {number}")
        chats.hears(asked, number, "已恢复")
        chats.says(manager, f"为什么超时 {number}")
        chats.hears(manager, number, "响应时限：超时", "最久的一段")
        chats.says(manager, "升级对账")
        chats.hears(manager, "升级对账", "已通知")
        chats.says(manager, f"取消 {number} 客户自己修好了")
        chats.hears(customer, number, "已取消")
        publish_shipped(self._database_url, self._now())
