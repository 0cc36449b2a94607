"""Names of what is measured, as they stand in lines that storage keeps."""

from domain.kernel.localtime import duration
from domain.sla.definition import NODE, Kind
from domain.sla.steps import Do

KIND_LABEL = {
    Kind.RESPONSE: "响应",
    Kind.ARRIVAL: "到场",
    Kind.RESOLUTION: "处理",
    Kind.NEXT_UPDATE: "进展更新",
    Kind.TOTAL: "总用时",
}
NODE_LABEL = {
    "new": "受理",
    "dispatching": "派工",
    "offered": "接单",
    "accepted": "出发",
    "en_route": "到达",
    "on_site": "开工",
    "in_progress": "维修",
    "on_hold": "挂起",
    "completed": "验收",
    "signed_off": "结算",
    "settled": "回访",
}

DO_LABEL = {
    Do.REMIND_ASSIGNEE: "提醒负责人",
    Do.REMIND_DESK: "提醒调度员",
    Do.POST_GROUP: "群里通报",
    Do.RAISE_PRIORITY: "提升优先级",
    Do.REASSIGN: "重新派单",
    Do.ESCALATE_1: "升级到调度员",
    Do.ESCALATE_2: "升级到经理",
    Do.ESCALATE_3: "升级到总监",
    Do.TODO: "建待办",
}


def kind_label(kind: str) -> str:
    """Return what a kind of clock measures, in words: `响应`, `派工环节`."""
    if kind.startswith(NODE):
        return f"{NODE_LABEL.get(kind.removeprefix(NODE), '当前')}环节"
    return KIND_LABEL[Kind(kind)]


def left_words(left_s: int) -> str:
    """Return `还剩 20分`, `已超时 1小时` or `时限已到`, to the minute: nobody hurries by the second."""
    minutes = round(abs(left_s) / 60)
    if not minutes:
        return "时限已到"
    return ("已超时 " if left_s < 0 else "还剩 ") + duration(minutes * 60)
