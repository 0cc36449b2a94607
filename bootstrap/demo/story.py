"""The story: faults reported in WeChat, repaired from DingTalk, from the first word to the close."""

import re
from collections.abc import Callable

from bootstrap.demo.cast import Cast, Player
from bootstrap.demo.chats import Chats
from bootstrap.demo.stage import Stage
from bootstrap.demo.story_parts import PartsAct
from bootstrap.demo.story_time import TimeAct
from bootstrap.demo.timeline import checks, is_whole

CHECKED = "检查全部合格 读数 吸气压力：3.2bar 排气压力：15bar 库温：4℃"
"""What the checklist of a refrigeration unit asks for besides a picture."""

CONFIRM, SEPARATE = "确认报修", "不是，单独报修"
"""What a customer is asked after a report; the second only where a similar one was repaired just now."""

NEXT_PAGE = re.compile(r"下一页请回复：(时间线 [-\w]+ \d+)")


class Story:
    """Plays the roles and insists on seeing every answer where its reader would.

    Args:
        write: prints one line of narration.
    """

    def __init__(self, stage: Stage, cast: Cast, write: Callable[[str], None]) -> None:
        self._chats = Chats(stage, write)
        self._technicians = cast.with_role("technician")
        self._customers = [player for player in cast.with_role("customer") if player.platform == "kf"]
        (self._dispatcher,) = cast.with_role("dispatcher")
        (self._agent,) = cast.with_role("agent")
        (self._manager,) = cast.with_role("manager")
        (self._director,) = cast.with_role("director")
        self._number, self._may_reopen, self._left_open = "", False, False
        self._keeper = cast.with_role("storekeeper")[0]
        self._parts = PartsAct(self._chats, self._report, self._holder, self._repair)
        self._time = TimeAct(self._chats, stage.database_url, self._report, self._holder, stage.clock.now)

    def play(self) -> None:
        """Play every act.

        Raises:
            StepNotSeen: with what was missing.
        """
        self.play_loop()
        self.play_reopened()
        self.play_declined()
        self.play_parts()
        self.play_limits()
        self._read_time_line(self._number, checks)

    def play_loop(self) -> None:
        """Play a work order from the report to its close."""
        self._number = self._whole_loop(self._customers[0])
        self._may_reopen = True

    def play_reopened(self) -> None:
        """Play how a work order that was just closed is opened again, and closed after an approval."""
        if not self._may_reopen:
            self.play_loop()
        self._may_reopen = False
        self._reopened(self._number, self._customers[0])

    def play_declined(self) -> None:
        """Play a work order that the first technician declines and the next one keeps."""
        self._left_open = True
        self._declined_then_accepted_by_words(self._customers[1])

    def play_parts(self) -> None:
        """Play a job whose parts are kept, issued, used and brought back."""
        self._parts.play(self._customers[0], self._keeper, self._manager)

    def play_limits(self) -> None:
        """Play a work order that nobody accepts in time."""
        self._time.play(self._customers[2], self._manager)

    def play_time_line(self) -> None:
        """Read the time line of the last work order, whatever was played with it."""
        if not self._number:
            self.play_loop()
        self._read_time_line(self._number, lambda pages: {"时间线是完整的，没有省略": is_whole(pages)})

    def _whole_loop(self, customer: Player) -> str:
        chats = self._chats
        chats.write("\n【第一单】客户在微信里报修，确认后技师在钉钉卡片上接单")
        number = self._report(customer, "3号冷库的冷藏机组不制冷了，库温已经升到8度，麻烦快点")
        first = chats.see(f"技师收到 {number} 的卡片", lambda: self._holder(number))
        chats.presses(first, "接单", number)
        chats.hears(customer, number, first.name, "上门")
        chats.says(first, f"出发 {number} 40分钟到")
        chats.hears(customer, number, "已出发", "预计")
        chats.presses(first, "到达", number)
        chats.presses(first, "开始处理", number)

        chats.write("\n【挂起与转单】缺配件先挂起，恢复后转给另一位技师")
        chats.says(first, f"挂起 {number} 等配件 压缩机接触器")
        chats.hears(customer, number, "等配件")
        chats.presses(first, "恢复", number)
        second = next(one for one in self._technicians if one is not first)
        chats.says(first, f"转单 {number} {second.name} 车坏在路上")
        chats.presses(second, "接单", number)
        chats.says(customer, "修到哪了")
        chats.hears(customer, number, "已接单", second.name, "更新时间")

        chats.write("\n【验收】第一次不通过，技师继续处理，第二次通过并评价")
        self._repair(second, number, "原因：接触器烧蚀 处理：更换接触器 工时：1.5")
        chats.presses(customer, "不通过", number)
        chats.hears(customer, number, "还有什么问题")
        chats.says(customer, "库温还是降不下来")
        chats.hears(customer, number, "不通过", second.name)
        self._repair(second, number, "原因：接触器烧蚀，缺氟 处理：更换接触器并补充冷媒 工时：2.5")
        chats.hears(customer, number, "请您验收", "补充冷媒")
        chats.presses(customer, "验收通过", number)
        chats.presses(customer, "5分 很满意", number)
        self._close(number)
        return number

    def _reopened(self, number: str, customer: Player) -> None:
        chats = self._chats
        chats.write("\n【重开】第二天又坏了，客户要求重开；再次修好后关单，并查看时间线")
        chats.says(customer, f"重开 {number} 库温又升上来了")
        chats.hears(customer, number, "重新打开")
        technician = chats.see(f"技师再次收到 {number} 的卡片", lambda: self._holder(number))
        chats.presses(technician, "接单", number)
        self._repair(technician, number, "原因：膨胀阀堵塞 处理：清洗膨胀阀 工时：1")
        chats.hears(customer, number, "请您验收", "清洗膨胀阀")
        chats.presses(customer, "验收通过", number)
        self._close_after_approval(number)

    def _read_time_line(self, number: str, checks: Callable[[list[str]], dict[str, bool]]) -> None:
        """Let the dispatcher read every page, the newest events on the last one, and check what it tells."""
        chats, words, pages = self._chats, f"时间线 {number}", list[str]()
        chats.write("\n【时间线】第一单的全程：谁在什么时候做了什么，时间花在哪里")
        while words:
            chats.says(self._dispatcher, words)
            which = [f"第 {len(pages) + 1}/"] if pages else []
            pages.append(chats.hears(self._dispatcher, number, "时间线（", "合计", *which))
            found = NEXT_PAGE.search(pages[-1])
            words = found[1] if found else ""
        for what, seen in checks(pages).items():
            chats.insist(seen, what)

    def _declined_then_accepted_by_words(self, customer: Player) -> None:
        chats = self._chats
        chats.write("\n【第二单】第一位技师拒单并说明原因，下一位技师用文字接单，客户随时问“进度”")
        number = self._report(customer, "CT机房的精密空调一直报高压告警，重启也没用")
        first = chats.see(f"技师收到 {number} 的卡片", lambda: self._holder(number))
        chats.presses(first, "拒单", number)
        chats.hears(first, number, "回复原因")
        chats.says(first, "今天在外地，赶不回来")
        second = chats.see("下一位技师收到卡片", lambda: self._holder(number, besides=first))
        chats.says(second, f"接单 {number}")
        chats.hears(customer, number, second.name, "上门")
        chats.desk_sees(number, f"已接单：{second.name}")
        chats.says(customer, "修到哪了")
        chats.hears(customer, number, "已接单", second.name, "更新时间")

    def _report(self, customer: Player, words: str) -> str:
        chats, before = self._chats, self._chats.numbers(customer)
        offered = {label: chats.offers(customer, label) for label in (SEPARATE, CONFIRM)}
        chats.says(customer, words)

        def next_step() -> str:
            told = chats.numbers(customer) - before
            asked = (label for label, count in offered.items() if chats.offers(customer, label) > count)
            return next(iter(told), "") or next(asked, "")

        while (number := chats.see(f"{customer.name} 看到报修的答复", next_step)) in offered:
            del offered[number]
            chats.presses(customer, number)
        chats.insist(bool(number), "客户收到回执和工单号")
        chats.desk_sees(number)
        return number

    def _repair(self, technician: Player, number: str, report: str) -> None:
        """Go there, work, send a picture, and report in one message."""
        for label in ("出发", "到达", "开始处理"):
            self._chats.presses(technician, label, number)
        chats = self._chats
        done = chats.told(technician, number, "等待客户验收")
        self._take_picture(technician, number)
        chats.says(technician, f"完工 {number} {CHECKED} {report}")
        chats.hears(technician, number, "等待客户验收", before=done)

    def _take_picture(self, technician: Player, number: str) -> None:
        """Send a picture, and say which work order it belongs to where the technician has several."""
        chats, label = self._chats, f"记到 …{number[-4:]}"
        before = chats.offers(technician, label)
        chats.sends_picture(technician)
        # Only who still has the job of the second act is asked, and not even they always.
        if self._left_open and chats.is_asked(technician, label, before):
            chats.presses(technician, label)

    def _close(self, number: str) -> None:
        """Settle and follow up; the work order closes by itself. The warranty pays, whoever is named."""
        chats = self._chats
        chats.desk_sees(number, "待结算")
        chats.says(self._dispatcher, f"结算 {number} 380.50 元 客户付")
        chats.presses(self._dispatcher, "由保修承担", number)
        chats.desk_sees(number, "待回访")
        self._follow_up(number)
        chats.desk_sees(number, "已关闭")

    def _close_after_approval(self, number: str) -> None:
        """Settle more than 5000 元, which the director has to approve before it closes."""
        chats = self._chats
        chats.write("\n【审批】费用超过 5000 元，服务总监在钉钉卡片上审批，通过前不能关单")
        chats.desk_sees(number, "待结算")
        chats.says(self._dispatcher, f"结算 {number} 5200 元 保修承担")
        chats.hears(self._dispatcher, number, "要先审批：服务总监审批（沈志远）")
        chats.hears(self._director, "待审批", number, "5,200 元", "费用大于 5000 元")
        self._follow_up(number)
        chats.hears(self._agent, number, "回访已解决")
        chats.desk_sees(number, "等待审批", "服务总监审批（沈志远）")
        chats.presses(self._director, "同意", number)
        chats.hears(self._director, number, "已由 沈志远 同意")
        chats.desk_sees(number, "已关闭")

    def _follow_up(self, number: str) -> None:
        self._chats.says(self._agent, f"回访 {number} 已解决 客户满意 5分")

    def _holder(self, number: str, besides: Player | None = None) -> Player | None:
        """Return who can press 接单 on this work order's card now."""
        for technician in self._technicians:
            if technician != besides and self._chats.has_button(technician, "接单", number):
                return technician
        return None
