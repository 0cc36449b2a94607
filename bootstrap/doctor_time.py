"""What `fixloop doctor` says of time: are limits published, their days known, and does a scheduler live?"""

from collections.abc import Iterator
from datetime import timedelta

from adapters.clock import utc_now
from adapters.storage.beating import SqlHeartbeat
from adapters.storage.engine import Database
from bootstrap.findings import Finding
from bootstrap.sla import hints, transaction
from domain.kernel.localtime import local_day, local_time
from scheduler.sla import SCHEDULER

SILENT = timedelta(seconds=90)
"""How long a living scheduler is never silent."""


def time_limits(database: Database) -> Iterator[Finding]:
    """Say whether time limits are published, whether their days are known, and whether anybody looks."""
    now = utc_now()
    with transaction(database, now) as uow:
        published = uow.sla.current()
    if published is None:
        advice = "启动 fixloop serve，或运行 fixloop sla publish 文件"
        yield Finding(False, "还没有发布时限规则，不会计时和提醒", advice)
        return
    yield Finding(True, f"时限规则为第 {published.version} 版，{len(published.document.policies)} 条策略")
    for line in hints(published.document, local_day(now)):
        yield Finding(None, line)
    beat = SqlHeartbeat(database).last(SCHEDULER)
    if beat is None or now - beat[1] > SILENT:
        since = f"，最后一次在 {local_time(beat[1])}" if beat is not None else ""
        advice = "启动 fixloop serve 或 fixloop scheduler"
        yield Finding(False, f"没有调度进程在运行，提醒和派工停着{since}", advice)
    else:
        yield Finding(True, f"调度进程在运行，从 {local_time(beat[0])} 起没有中断")
