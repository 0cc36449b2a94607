"""Which phones hang on the demonstration's wall, and which parts of the story it can play."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bootstrap.demo.cast import COLLEAGUE, Cast, Player
from bootstrap.demo.chats import StepNotSeen
from bootstrap.demo.guide import SAYS, guide
from bootstrap.demo.labels import labels_of
from bootstrap.demo.stage import DESK_GROUP, Stage
from bootstrap.demo.story import Story
from sandbox.wall import Act, Board, Chat, Kind, Ledger, Phone, Playbill, Speaker

ROLES = {
    "customer": "客户",
    "technician": "技师",
    "dispatcher": "调度",
    "storekeeper": "仓管员",
    "manager": "服务经理",
    "agent": "客服",
    "director": "服务总监",
}
SHOWN = {"customer": 1, "technician": 2, "dispatcher": 1, "storekeeper": 1, "manager": 1}
"""How many of each role hang on the wall at the beginning; the others are one click away."""
HINTS = {
    "customer": f"试着说一句：{SAYS}\n也可以点 ＋，用“扫一扫”扫设备上的码",
    "technician": "客户确认报修后，这里会来一张卡片：点“接单”，再打开作业页；也可以说：我的工单",
    "dispatcher": "可以说：看板、待受理、派单 工单号 姓名、时间线 工单号",
    "storekeeper": "领料单会送到这里，点“全部出库”，或打开仓库页；也可以说：待出库、库存 6204、低库存",
    "manager": "超时升级会送到这里；可以说：为什么超时 工单号",
    "agent": "可以说：回访 工单号 已解决 客户满意 5分",
    "director": "费用超过 5000 元的审批会送到这里",
}
COLLEAGUE_HINT = "第一次来：先说说故障，再报手机号 13800000024"


@dataclass(frozen=True)
class Backstage:
    """What only a show that runs the product itself can add to the wall.

    Args:
        reset: makes everything anew.
        ledger: reads the product's delivery ledger.
        addresses: where the codes on machines lead, by serial number.
    """

    reset: Callable[[], None] | None = None
    ledger: Callable[[], Ledger] | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)


def board(stage: Stage, cast: Cast, playbill: Playbill, backstage: Backstage | None = None) -> Board:
    """Return the wall's set-up for a stage whose platforms run.

    Args:
        backstage: None where the product is somebody else's.
    """
    behind = backstage or Backstage()
    return Board(
        stage.clock,
        stage.journal,
        stage.faults,
        stage.wecom,
        stage.dingtalk,
        phones=phones(stage, cast),
        playbill=playbill,
        reset=behind.reset,
        followed=backstage is not None,
        guide=guide(cast),
        labels=lambda phone: labels_of(cast, phone, behind.addresses),
        ledger=behind.ledger,
    )


def playbill() -> Playbill:
    """Return a playbill without acts, which ends an act at the first step that is not seen."""
    return Playbill(missing=StepNotSeen)


def acts(story: Story) -> list[Act]:
    """Return the parts of the story, each of which can be played again after the whole."""
    return [
        Act("whole", "整个故事", "下面的每一幕，从头到尾，约两分钟", story.play),
        Act(
            "loop",
            "从报修到关单",
            "报修、接单、挂起、转单、验收不通过、再验收、评价、结算、回访",
            story.play_loop,
        ),
        Act("reopened", "重开与审批", "关单后又坏了：重开，费用超过 5000 元由总监审批", story.play_reopened),
        Act("declined", "拒单与再派", "第一位技师拒单，下一位用文字接单", story.play_declined),
        Act("parts", "领料与退料", "按故障预留、审批、出库、收下、完工核销，一个退回仓库", story.play_parts),
        Act("limits", "时限与升级", "十分钟当一秒：提醒、超时、升级到经理、停表、日报", story.play_limits),
        Act("time-line", "时间线", "调度查看全程：谁在什么时候做了什么", story.play_time_line),
    ]


def phones(stage: Stage, cast: Cast) -> list[Phone]:
    """Return everybody's phone and the groups' screens: first those that hang there at the beginning."""
    first = [player for role, count in SHOWN.items() for player in cast.with_role(role)[:count]]
    rest = [player for player in cast.players if player not in first]
    desk = _desk_chat(stage, cast)
    people = [_phone(player, stage, desk, shown=True) for player in first]
    people.insert(1, _phone(COLLEAGUE, stage, desk, shown=True))
    screens = [_desk(desk), _robot_group(stage)]
    return [*people, *screens, *(_phone(player, stage, desk, shown=False) for player in rest)]


def _phone(player: Player, stage: Stage, desk: Chat, *, shown: bool) -> Phone:
    role = next((role for role in (*ROLES, "colleague") if role in player.roles), "")
    title = {"colleague": "客户同事"}.get(role) or ROLES.get(role, "")
    hint = COLLEAGUE_HINT if player is COLLEAGUE else HINTS.get(role, "")
    user_id = player.user_id
    robot = Chat("robot", stage.dingtalk.robot_name, Kind.ROBOT, f"user:{user_id}")
    client, chats = {
        "kf": ("wechat", (Chat("kf", "安心售后", Kind.KF, f"kf:{user_id}"),)),
        "wecom": ("wecom", (Chat("app", "售后服务", Kind.APP, f"user:{user_id}"),)),
    }.get(player.platform, ("dingtalk", (robot, desk)))
    return Phone(user_id, client, player.name, title, user_id, chats, open=shown, hint=hint)


def _desk_chat(stage: Stage, cast: Cast) -> Chat:
    players = [player for player in cast.players if player.platform == "dingtalk"]
    dispatcher_first = sorted(players, key=lambda player: "dispatcher" not in player.roles)
    members = tuple(Speaker(player.user_id, player.name) for player in dispatcher_first)
    return Chat("desk", DESK_GROUP, Kind.GROUP, f"group:{stage.desk_group}", members)


def _desk(chat: Chat) -> Phone:
    return Phone("desk", "dingtalk", chat.title, "钉钉群", "", (chat,))


def _robot_group(stage: Stage) -> Phone:
    chat = Chat("robot", "售后通报群", Kind.WEBHOOK, f"group:{stage.wecom.webhook_key}")
    return Phone("wecom-group", "wecom", chat.title, "企业微信群", "", (chat,))
