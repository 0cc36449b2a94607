"""A request that several managers decide at one step."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from bootstrap.process_files import publish
from domain.approval.model import ProcessTask
from tests.support.closing import Staff
from tests.support.loop import Loop


def joint_request(loop: Loop, mode: str, asker: Staff | None = None, number: str = "") -> None:
    """Publish one step that all managers decide, and let an agent ask for it, on wish about a work order."""
    asker = asker or loop.wu
    step: dict[str, Any] = {
        "id": "managers",
        "kind": "approve",
        "title": "经理审批",
        "approvers": [{"by": "role", "role": "manager"}],
        "mode": mode,
        "next": "passed",
    }
    nodes = [
        {"id": "start", "kind": "start", "next": "managers"},
        step,
        {"id": "passed", "kind": "end", "result": "approved"},
    ]
    document = {"name": "joint", "title": "联合审批", "about": "request", "nodes": nodes}
    publish(loop.database, document, 0, "", loop.clock.now())
    asker.says(f"申请 联合审批 {number} 更换供应商".replace("  ", " "))
    asker.hears("已发起")
    loop.settle()


def tasks_of(loop: Loop) -> Sequence[ProcessTask]:
    """Return every task there is, oldest first."""
    with loop.database.read() as session:
        return (
            session.execute(select(ProcessTask).order_by(ProcessTask.opened_at, ProcessTask.no))
            .scalars()
            .all()
        )
