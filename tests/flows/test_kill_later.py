"""The power fails again and again from the departure to the close: nothing is lost, nothing is doubled."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.support.databases import migrated_sqlite
from tests.support.launching import Zygote
from tests.support.night import Night

pytestmark = pytest.mark.processes

CHEN, WANG, ZHAO = "kf:wmChen", "user:wang", "user:zhao"
REPORT = "原因：启动电容击穿 处理：更换启动电容 工时：1.5"
SPREAD = {"before": 3, "after": 3, "sent": 1}
"""Of so many commits or messages of each step in turn one is the last thing the process does."""


@dataclass(frozen=True)
class Step:
    """What somebody does, and what has happened so many times when it is done.

    Args:
        word: said once; `{number}` is the work order's. A platform delivers again what nobody took.
        press: pressed for as long as nothing happens.
        quiet: the power does not fail in it.
    """

    who: str
    event: str
    times: int = 1
    word: str = ""
    press: str = ""
    quiet: bool = False


STEPS = (
    Step(WANG, "TechnicianDeparted", word="出发 {number} 40分钟到"),
    Step(WANG, "TechnicianArrived", press="到达"),
    Step(WANG, "WorkStarted", press="开始处理"),
    Step(WANG, "WorkOrderHeld", word="挂起 {number} 等配件 压缩机接触器"),
    Step(WANG, "WordsRelayed", word="告诉客户 {number} 配件明天上午到"),
    Step(CHEN, "WordsRelayed", 2, word="告诉师傅 门禁密码在前台"),
    Step(WANG, "WorkOrderResumed", press="恢复"),
    Step(WANG, "WorkCompleted", word=f"完工 {{number}} {REPORT}"),
    Step(CHEN, "WorkRejected", word="不通过 {number} 还是不制冷"),
    Step(WANG, "TechnicianDeparted", 2, press="出发", quiet=True),
    Step(WANG, "TechnicianArrived", 2, press="到达", quiet=True),
    Step(WANG, "WorkStarted", 2, press="开始处理", quiet=True),
    Step(WANG, "WorkCompleted", 2, word=f"完工 {{number}} {REPORT}"),
    Step(CHEN, "WorkSignedOff", word="验收通过"),
    Step(CHEN, "ServiceRated", word="5分"),
    Step(ZHAO, "WorkOrderSettled", word="结算 {number} 380.50 元 客户付"),
    Step(ZHAO, "WorkOrderClosed", word="回访 {number} 已解决 客户满意"),
)
TOLD_CHEN = {
    "已出发": 2,
    "正在等配件": 1,
    "配件明天上午到": 1,
    "已转告": 1,
    "请您验收": 2,
    "验收不通过（还是不制冷）": 1,
    "请为这次服务打分": 1,
    "谢谢您的 5 分评价": 1,
    "费用：380.50 元": 1,
}
TOLD_WANG = (
    WANG,
    ("您已出发", "已挂起：等配件", "已转给客户", "门禁密码在前台", "（第 1 版）", "（第 2 版）"),
)
TOLD_ZHAO = (ZHAO, ("已结算：380.50 元", "回访已解决"))
CUTS = 8
"""Of the steps in which the power may fail; a step with few commits passes the crash on to the next."""
AT_MOST = 2
"""DingTalk's words have no key: one that was sent and not marked may be seen again."""


class Later(Night):
    """The story after the acceptance, in which the power fails again and again."""

    def __init__(self, folder: Path, url: str, zygote: Zygote, moment: str) -> None:
        self._moment = moment
        self._failing = 0
        self.heard = 0
        super().__init__(folder, url, zygote, self._next_crash())

    def go_on(self) -> None:
        """Do every step, and wait until everybody knows."""
        self.until(self.is_quiet, "quiet")
        self.heard = len(self.told(CHEN))
        for step in STEPS:
            self.until(self.is_quiet, "quiet")
            if not step.quiet:
                assert self._zygote.newest is not None
                self._zygote.newest.arm()
            if step.word:
                self._says(step)
            self.until(partial(self._is_done, step), f"{step.event} × {step.times}")
        self.until(self.is_quiet, "quiet")

    def _next_crash(self) -> str:
        self._failing += 1
        return f"armed:{self._moment}:{1 + self._failing % SPREAD[self._moment]}"

    def _says(self, step: Step) -> None:
        words = step.word.format(number=self.only_order().number)
        if step.who == CHEN:
            self.stage.wecom.customer_says("wmChen", words)
        else:
            self.stage.dingtalk.user_says(step.who.removeprefix("user:"), words)

    def _is_done(self, step: Step) -> bool:
        if self.events(step.event) < step.times and step.press:
            self.now_and_then(lambda: self.stage.dingtalk.user_presses("wang", step.press))
        return self.events(step.event) >= step.times


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    launcher = Zygote()
    yield launcher
    launcher.close()


@pytest.mark.parametrize("moment", ["before", "after", "sent"])
def test_power_cuts_until_the_close_lose_nothing_and_double_nothing(tmp_path, zygote, moment):
    url = migrated_sqlite(Path(os.environ["FIXLOOP_TEST_RUN_DIRECTORY"]), tmp_path / "later.db")
    night = Later(tmp_path, url, zygote, moment)

    try:
        night.play()
        night.go_on()

        assert night.losses >= CUTS
        night.insist()
        insist_on_the_close(night)
    finally:
        night.close()


def insist_on_the_close(night: Later) -> None:
    """Insist on one closed work order that its events lead to, and on notices that came."""
    for step in STEPS:
        assert night.events(step.event) == max(one.times for one in STEPS if one.event == step.event), step
    order = night.only_order()
    assert (order.status, order.report_version, order.rejections) == ("closed", 2, 1)
    assert (order.rating, order.settled_fen) == (5, 38050)
    night.insist_on_replay()
    told = night.told(CHEN)[night.heard :]
    assert {words: sum(words in one for one in told) for words in TOLD_CHEN} == TOLD_CHEN
    assert len(told) == sum(TOLD_CHEN.values())
    for chat, notices in (TOLD_WANG, TOLD_ZHAO):
        for words in notices:
            assert 1 <= sum(words in one for one in night.told(chat)) <= AT_MOST, words
    for chat in (WANG, f"group:{night.stage.desk_group}"):
        (card,) = [
            one
            for one in night.stage.dingtalk.chat(chat)
            if one.text.startswith(f"工单 {order.number}【") and "【已有新卡片】" not in one.text
        ]
        assert "已关闭" in card.text and not card.buttons, chat
