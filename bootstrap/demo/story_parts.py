"""The act about parts: kept at dispatch, approved, issued, handed over, used, and one brought back."""

from collections.abc import Callable

from bootstrap.demo.cast import Player
from bootstrap.demo.chats import Chats

BEARING = "ZC-6204"
IN_STORE = "上海中心仓 "
REPORT = "原因：风机轴承卡死 处理：更换风机电机和轴承 工时：2"


class PartsAct:
    """Plays a job whose fault code says what it usually needs.

    Args:
        report: lets a customer report a fault and returns the work order's number.
        holder: finds who can press 接单 on a work order's card.
        repair: lets a technician go there, work and report.
    """

    def __init__(
        self,
        chats: Chats,
        report: Callable[[Player, str], str],
        holder: Callable[[str], Player | None],
        repair: Callable[[Player, str, str], None],
    ) -> None:
        self._chats = chats
        self._report = report
        self._holder = holder
        self._repair = repair

    def play(self, customer: Player, keeper: Player, manager: Player) -> None:
        """Follow two bearings and a motor from the store to the machine, and one bearing back.

        Raises:
            StepNotSeen: with what was missing.
        """
        chats = self._chats
        chats.write("\n【备件】按故障代码预留，审批后仓库出库，技师收下；完工自动核销，没用上的退回仓库")
        number = self._report(customer, "2号冷库冷冻机组报警 E3，风机不转")
        technician = chats.see(f"技师收到 {number} 的卡片", lambda: self._holder(number))
        chats.hears(technician, number, "冷风机风扇电机", "预留")
        before = self._in_store(technician)
        chats.presses(technician, "接单", number)
        chats.presses(technician, "领预留", number)
        chats.hears(manager, "待审批", number, "轴承 6204", "577 元")
        chats.presses(manager, "同意", number)
        chats.presses(keeper, "全部出库", number)
        chats.presses(technician, "收下", number)
        chats.hears(technician, number, f"在{technician.name}车上")
        chats.says(technician, "我的车")
        chats.hears(technician, "轴承 6204", "冷风机风扇电机")
        self._repair(technician, number, REPORT)
        chats.hears(technician, "已核销到工单", number, "轴承 6204")
        chats.hears(technician, "旧件要还回仓库", "冷风机风扇电机")
        self._bring_back(technician, keeper, number)
        chats.insist(self._in_store(technician) == before - 1, f"仓库少了 1 个，还有 {before - 1} 个")
        chats.presses(customer, "验收通过", number)

    def _bring_back(self, technician: Player, keeper: Player, number: str) -> None:
        """Take one bearing off the job, and bring it to the store."""
        chats = self._chats
        chats.says(technician, f"退料 {number} {BEARING} ×1")
        chats.hears(technician, number, "撤回核销", f"{BEARING} ×1")
        chats.says(technician, f"退料 {BEARING} ×1")
        chats.presses(keeper, "收下", "退料")
        chats.hears(technician, "退料", "已由", BEARING)

    def _in_store(self, technician: Player) -> int:
        """Ask how many bearings the store has."""
        chats = self._chats
        told = chats.told(technician, "轴承 6204", IN_STORE)
        chats.says(technician, f"库存 {BEARING}")
        shown = chats.hears(technician, "轴承 6204", IN_STORE, before=told)
        return int(shown.partition(IN_STORE)[2].split()[0])
