"""Every word that people read, in Chinese, in one place."""

from domain.people.model import Role
from domain.workorder.status import LABEL, Action, Status

STATUS_LABEL = LABEL

REQUESTER_STATUS = {**LABEL, Status.SIGNED_OFF: "已验收", Status.SETTLED: "已完成", Status.CLOSED: "已完成"}
"""What customers read: how far we are with bill and call is no business of theirs."""
REQUESTER_NODE = {Status.SIGNED_OFF: "已验收", Status.SETTLED: "已完成", Status.CLOSED: "已完成"}
RELEASED = "已收回"
"""What a technician reads on the card of an offer that is not theirs any more."""

ACTION_LABEL = {
    Action.OFFER.value: "换人派单",
    Action.ACCEPT.value: "接单",
    Action.DECLINE.value: "拒单",
    Action.DEPART.value: "出发",
    Action.ARRIVE.value: "到达",
    Action.START.value: "开始处理",
    Action.COMPLETE.value: "完工",
    Action.HOLD.value: "挂起",
    Action.RESUME.value: "恢复",
    Action.REASSIGN.value: "转单",
    Action.AMEND.value: "修改报告",
    Action.SETTLE.value: "结算",
    Action.CLOSE.value: "关单",
    Action.REOPEN.value: "重开",
    Action.CANCEL.value: "取消",
}
ACTION_WORDS = {
    Action.OFFER.value: "派单 {number} 技师姓名",
    Action.ACCEPT.value: "接单 {number}",
    Action.DECLINE.value: "拒单 {number} 原因",
    Action.DEPART.value: "出发 {number} 40分钟到",
    Action.ARRIVE.value: "到达 {number}",
    Action.START.value: "开始处理 {number}",
    Action.COMPLETE.value: "完工 {number} 原因：… 处理：… 工时：…",
    Action.HOLD.value: "挂起 {number} 等配件 说明",
    Action.RESUME.value: "恢复 {number}",
    Action.REASSIGN.value: "转单 {number} 技师姓名 原因",
    Action.AMEND.value: "修改报告 {number} 处理：…",
    Action.SETTLE.value: "结算 {number} 金额",
    Action.CLOSE.value: "关单 {number}",
    Action.REOPEN.value: "重开 {number} 原因",
    Action.CANCEL.value: "取消 {number} 原因",
}
HOLD_LABEL = {
    "": "暂停",
    "customer": "等客户",
    "part": "等配件",
    "approval": "等审批",
    "third_party": "等第三方",
}
PRIORITY_LABEL = {"P1": "P1 危急", "P2": "P2 紧急", "P4": "P4 不急"}
"""An ordinary one (P3) is not worth a line."""
MOVED = "已有新卡片"
MOVED_HINT = "这张卡片不再更新，请看下面最新的一张。"
TODO_MARK = "【待办】"
TODO_DUE = "截止"
TODO_OPEN = "查看"
MAP_LABEL = "导航"
MAP_TEXT = "打开地图"
BEFORE_MORE = "{last}（共 {count} 条，见作业页）"
JOB_PAGE_LABEL = "作业页"
JOB_PAGE_TEXT = "打开作业页"
SCORE_LABEL = {5: "5分 很满意", 4: "4分 满意", 3: "3分 一般", 2: "2分 不满意", 1: "1分 很不满意"}
NEWS = {
    "departed": (("", "工单 {number}：{name} 技师已出发"), ("eta", "，预计 {eta} 到"), ("", "。")),
    "held_customer": (("", "工单 {number} 暂停，等您这边准备好。准备好后直接回复我们，就会继续处理。"),),
    "held_part": (("", "工单 {number} 暂停，正在等配件。配件到后就继续处理，随时回复“进度”可查看。"),),
    "held_approval": (("", "工单 {number} 暂停，正在等内部审批。批准后就继续处理，随时回复“进度”可查看。"),),
    "held_third_party": (("", "工单 {number} 暂停，正在等第三方。有结果就继续处理，随时回复“进度”可查看。"),),
    "job_merged": (
        ("", "工单 {number} 与 {into} 是同一件事，已合并到 {into}"),
        ("own", "，请只处理 {into}。"),
        ("holder", "，由 {holder} 处理，您不用再去了。如已出发，请与调度员联系。"),
    ),
    "merged": (("", "您的工单 {number} 与 {into} 是同一件事，已合并到 {into} 一起处理，进展会照常通知您。"),),
    "rejected": (
        ("", "已记下：工单 {number} 验收不通过（{reason}）。{name} 技师会继续处理，修好后再请您确认。"),
    ),
    "rejected_again": (
        (
            "",
            "工单 {number} 客户已第 {times} 次验收不通过：{reason}\n请联系客户，必要时换技师：转单 {number} 技师姓名 原因",
        ),
    ),
    "reopened": (("", "工单 {number} 已重新打开（{reason}），马上为您安排技师。"),),
    "amount_corrected": (("", "工单 {number} 的费用已更正：原来 {before} 元，现在由您支付 {after} 元。"),),
    "joined": (
        (
            "",
            "已把您加入工单 {number}，有进展会一并通知您。\n故障：{fault}\n如果不是同一个问题，回复：撤销关联 {number}",
        ),
    ),
    "left": (("", "已撤销与工单 {number} 的关联，您的报修会单独处理。"),),
    "process_refused": (
        (
            "",
            "工单 {number} 的审批没有通过，系统不再自动派工。请联系客户说明，然后回复：派单 {number} 技师姓名，或 取消 {number} 原因",
        ),
    ),
    "nobody_hears": (
        (
            "",
            "工单 {number} 的报修人都已停用，没有人能收到进展。请联系客户确认新的联系人，再用“登记”把新联系人并入这个工单。",
        ),
    ),
    "asset_corrected": (
        ("", "工单 {number} 客户更正了设备："),
        ("before", "不是 {before}，"),
        ("", "是 {after}。"),
    ),
    "recalled": (("", "工单 {number} 已收回：{reason}。您不用再处理了，如有疑问请联系调度员。"),),
    "taken_away": (("", "工单 {number} 已转给 {name}（{reason}），您不用再处理了。"),),
}
"""News as parts; a part whose fact is missing is left out."""

ROLE_LABEL = {
    Role.CUSTOMER.value: "客户",
    Role.AGENT.value: "客服",
    Role.DISPATCHER.value: "调度员",
    Role.TECHNICIAN.value: "技师",
    Role.STOREKEEPER.value: "库管",
    Role.MANAGER.value: "主管",
    Role.DIRECTOR.value: "总监",
    Role.FINANCE.value: "财务",
    Role.ADMIN.value: "管理员",
}

NODE = {
    Status.NEW: "正在安排技师",
    Status.DISPATCHING: "正在安排技师",
    Status.OFFERED: "已派给技师，等待接单",
    Status.ACCEPTED: "技师已接单，准备出发",
    Status.EN_ROUTE: "技师正在路上",
    Status.ON_SITE: "技师已到现场",
    Status.IN_PROGRESS: "技师正在处理",
    Status.ON_HOLD: "暂停",
    Status.COMPLETED: "已修好，等您验收",
    Status.SIGNED_OFF: "已验收，正在结算",
    Status.SETTLED: "已结算，等待回访",
    Status.CLOSED: "已完成",
    Status.CANCELLED: "已取消",
}

REPEAT_AFTER = "{number}（{days} 天前修过）"
REPEAT_SAME_DAY = "{number}（一天内修过）"

WELCOME = "您好，这里是售后服务。\n直接告诉我们哪台设备、出了什么问题，就会为您建工单并安排技师；随时回复“进度”可查看修到哪了。"
ASK_MOBILE_CUSTOMER = "您好，还不认识您。请回复您登记的手机号（11 位），我们就能找到您的资料；您刚才说的话已经记下，核对后会接着处理，不用重发。"
ASK_MOBILE_STAFF = "您好，您的账号还没有和系统里的人员对上。请回复您在企业通讯录里登记的手机号（11 位）完成绑定；您刚才说的话已经记下，绑定后接着处理。"
STRANGER = "平台没有提供您的员工账号，可能是应用还没有发布，或您是企业外部人员。请联系管理员处理后再试。"
CHECKING_MOBILE = "正在核实手机号，请稍等。"
ASK_REASON = "工单 {number} 要拒单，请直接回复原因（例如：今天在外地，赶不回来）。回复“算了”可以不拒单。"
REASON_DROPPED = "好的，没有拒单。工单 {number} 仍在等您接单：回复“接单 {number}”即可。"
EMPTY_WORDS = "没有看到文字内容。请用一句话说明哪台设备、出了什么问题，例如：3 号冷库机组不制冷了。"
CHIT_CHAT = "您好，随时为您服务。设备有问题请直接描述，例如：3 号冷库机组不制冷了；回复“进度”可查看修到哪了。"
NO_ORDERS = "您目前没有工单。设备有问题请直接描述，例如：3 号冷库机组不制冷了。"
NO_JOBS = "现在没有派给您的工单。有新工单会马上发到这里。"
MEDIA_ALONE = "已收到并保存。请再用一句话说明哪台设备、出了什么问题，我们马上为您建工单。"
UNSUPPORTED = "这种消息暂时无法识别，已经保存。请用文字告诉我们，例如：3 号冷库机组不制冷了。"
BOUND = "绑定成功，{name}（{roles}）。{next}"
BOUND_NEXT_STAFF = "回复“帮助”可查看可用的说法。"
BOUND_NEXT_CUSTOMER = "您之前说的内容会接着处理；有新问题直接描述即可。"
OFFERED_TO = "已把工单 {number} 派给 {name}，等待对方接单。"
ACCEPTED_WORDS = "您已接单：{number}。{told}请尽快联系客户。"
CUSTOMER_WILL_HEAR = "会通知客户。"
CALL_CUSTOMER = "客户没有绑定微信，请直接打电话 {phone}。"
DECLINED_WORDS = "您已拒单：{number}，正在派给下一位技师。"
CANCELLED_WORDS = "工单 {number} 已取消。"
PROBE_OK = "自检成功：卡片按钮可用。"
PROBE_TITLE = "Fixloop 自检"
PROBE_BODY = "请点击下面的按钮；如果按钮不可用，也可以直接用文字命令。"
APOLOGY = "抱歉，处理时出了点问题，您的消息已经保存，我们会尽快处理。如需联系管理员，请提供编号 {reference}。"
CUSTOMER_HELP = "您可以这样说：\n· 直接描述故障：3 号冷库机组不制冷了\n· 进度：查看修到哪了\n· 取消 工单号：不用修了\n· 转人工：请服务台联系您"
STAFF_HELP = "您可以这样说（只有一张工单时，可以不写工单号）：{parts}\n· 进度、时间线、耗时 工单号：查看办到哪了、时间花在哪\n· 单据 工单号：服务报告和结算单\n· 待我审批，同意、不同意、转交、退回、加签 编号\n· 申请 事项 金额 原因，我发起的，催办、撤回 编号；请假 日期 代理人 姓名"
TECHNICIAN_HELP = (
    "\n· 我的工单：派给您的工单\n· 接单，拒单 原因\n"
    "· 出发 40分钟到、到达、开始处理、完工（忘了点可补录：到达 工单号 14:30）\n"
    "· 挂起 等配件 说明，恢复，转单 技师姓名 原因\n· 进展 内容，告诉客户 内容，修改报告"
)
DESK_HELP = (
    "\n· 登记 手机号 姓名 故障：代客户报修\n· 查 手机号、车牌、序列号 或 客户名称\n"
    "· 工单池，看板（技师状态），回访\n· 派单 工单号 技师姓名，取消 工单号 原因（调度员、主管）\n"
    "· 结算 工单号 金额 付款方，关单、重开 工单号"
)
BAD_PRESS = "这个按钮无法识别，没有做任何改动。请用文字命令，回复“帮助”可查看可用的说法。"
NOT_UNDERSTOOD = "没有看懂这句话，没有做任何改动。回复“帮助”可查看可用的说法。"
UNKNOWN_VISITOR = "未登记的微信客户（{name}）发来消息，已请对方提供手机号，提供后自动建工单：\n{text}"
REASON_AGAIN = "没有看到原因。请用文字回复为什么不接工单 {number}，或回复“算了”。"
INACTIVE = "您的账号已停用，没有做任何改动。如需恢复，请联系管理员。"
GROUP_ID = (
    "本群的会话编号：{id}\n管理员把它填到 FIXLOOP_DINGTALK__GROUP_CONVERSATION_ID 后，新工单会发到本群。"
)
CANCEL_HOW = "还没有取消。确定不用修了，请回复：\n"
MEDIA_OF_STAFF = "已收到并保存，但没有对应到工单。"
ASK_FAULT = "请直接描述：哪台设备、出了什么问题，例如：3 号冷库机组不制冷了。"
HUMAN_CALLED = "已转告服务台，会有人联系您。"
