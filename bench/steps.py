"""Every kind of step of the loop beside a hundred thousand past orders: from the callback to its answer."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta

import psutil
from sqlalchemy import update

from adapters.storage.engine import Database
from adapters.storage.tables import OutboxRow
from bench import databases, history
from bench.databases import NewDatabase
from bench.load import percentile
from domain.workorder.commands import OfferWorkOrder
from sandbox.core.journal import Entry
from tests.support.actors import CONFIRM, NUMBER, RECEIPT
from tests.support.closing import by, decide
from tests.support.desk import order_numbered
from tests.support.loop import Loop

REPORT = "原因：启动电容击穿 处理：更换启动电容 工时：1.5"
ANSWER_TIME = timedelta(hours=1)
Step = tuple[str, Callable[[], object]]


def measure(database: str, new: NewDatabase, *, rounds: int, past: int) -> None:
    """Drive work orders through the whole loop, and print how long each kind of step took to be answered."""
    print(f"\n== Each kind of step on {database}, {past:,} past orders, {rounds} rounds")
    print("   WeCom: signed callback to HTTP answer; DingTalk: frame to acknowledgement through the SDK")
    print(f"   memory at start: {_memory_mb():.0f} MB")
    url = databases.prepared(new("steps"))
    history.fill(url, past)
    _let_rest(url)
    print(f"   memory after filling: {_memory_mb():.0f} MB")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    loop = Loop(url)
    took: dict[str, list[float]] = defaultdict(list)
    try:
        loop.start_platforms()
        loop.start_product(intake_window_s=0)
        for number in range(rounds):
            for kind, step in _steps(loop, number):
                took[kind] += _timed(loop, step)
    finally:
        loop.stop()
    for kind, waits in took.items():
        print(
            f"   {kind:<12} {len(waits):4}  p50 {percentile(waits, 50):6.1f} ms  "
            f"p99 {percentile(waits, 99):6.1f} ms  worst {max(waits):6.1f} ms"
        )
    print(f"   memory of the process with both played platforms: {_memory_mb():.0f} MB")


def _steps(loop: Loop, number: int) -> Iterator[Step]:
    """Yield one work order's whole life, each step under its name."""
    lin, li = loop.lin, loop.li
    fault = f"{number + 10}号注塑机漏油"
    yield "报修", lambda: lin.says(fault)
    yield "确认报修", lambda: lin.presses(CONFIRM)
    order = NUMBER.findall(lin.hears(RECEIPT, fault))[0]
    _offer(loop, order)
    yield "接单", lambda: loop.dingtalk.user_presses("li", "接单", contains=order)
    yield "进度", lambda: lin.says("进度")
    yield "出发", lambda: li.says(f"出发 {order} 20分钟到")
    yield "到达", lambda: li.says(f"到达 {order}")
    yield "开始", lambda: li.says(f"开始 {order}")
    yield "进展", lambda: li.says(f"进展 {order} 已拆机，正在检查电控板")
    yield "挂起", lambda: li.says(f"挂起 {order} 等配件")
    yield "恢复", lambda: li.says(f"恢复 {order}")
    yield "告诉技师", lambda: lin.says("告诉技师 门禁密码在前台")
    yield "完工", lambda: li.says(f"完工 {order} {REPORT}")
    yield "验收", lambda: lin.says(f"验收 {order}")
    yield "评价", lambda: lin.says(f"评价 {order} 5分")
    yield "查历史", lambda: loop.zhao.says("查 13900000001")
    yield "工单池", lambda: loop.zhao.says("工单池")
    yield "时间线", lambda: loop.zhao.says(f"时间线 {order}")


def _offer(loop: Loop, number: str) -> None:
    """Ask the technician who plays here, whoever was asked before."""
    offer = OfferWorkOrder(
        work_order_id=order_numbered(loop, number).id,
        technician_id=loop.person("李强").id,
        expires_at=loop.clock.now() + ANSWER_TIME,
        reason="测量",
        **by(loop, "赵敏"),
    )
    decide(loop, offer)
    loop.settle()


def _let_rest(url: str) -> None:
    """Leave nothing of the past to be delivered."""
    database = Database(url)
    with database.write() as session, session.begin():
        session.execute(update(OutboxRow).where(OutboxRow.state == "pending").values(state="sent"))
    database.close()


def _timed(loop: Loop, step: Callable[[], object]) -> Iterator[float]:
    """Do one step, wait until all is at rest, and yield the milliseconds of every callback it made."""
    before = len(loop.journal.entries())
    step()
    loop.settle()
    for entry in loop.journal.entries()[before:]:
        if (ms := _answered_ms(entry)) is not None:
            yield ms


def _answered_ms(entry: Entry) -> float | None:
    if entry.kind == "callback" and "latency_ms" in entry.data:
        return float(entry.data["latency_ms"])
    if entry.kind == "ack" and "latency_s" in entry.data:
        return float(entry.data["latency_s"]) * 1000
    return None


def _memory_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1024 / 1024
