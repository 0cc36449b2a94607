"""Every word that people read, in Chinese, in one place."""

from domain.people.model import Role
from domain.workorder.status import LABEL, Action, Status

STATUS_LABEL = LABEL

RELEASED = "已收回"
"""What a technician reads on the card of an offer that is not theirs any more."""

ACTION_LABEL = {Action.ACCEPT.value: "接单", Action.DECLINE.value: "拒单"}
ACTION_WORDS = {Action.ACCEPT.value: "接单 {number}", Action.DECLINE.value: "拒单 {number} 原因"}

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
    Status.ACCEPTED: "技师已接单",
    Status.CANCELLED: "已取消",
}

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
NOTE_KEPT = "已收到，并补充到工单 {number}。"
MEDIA_ALONE = "已收到并保存。请再用一句话说明哪台设备、出了什么问题，我们马上为您建工单。"
UNSUPPORTED = "这种消息暂时无法识别，已经保存。请用文字告诉我们，例如：3 号冷库机组不制冷了。"
BOUND = "绑定成功，{name}（{roles}）。{next}"
BOUND_NEXT_STAFF = "回复“帮助”可查看可用的说法。"
BOUND_NEXT_CUSTOMER = "您之前说的内容会接着处理；有新问题直接描述即可。"
OFFERED_TO = "已把工单 {number} 派给 {name}，等待对方接单。"
ACCEPTED_WORDS = "您已接单：{number}。客户已收到通知，请尽快联系客户。"
DECLINED_WORDS = "您已拒单：{number}，正在派给下一位技师。"
CANCELLED_WORDS = "工单 {number} 已取消。"
PROBE_OK = "自检成功：卡片按钮可用。"
PROBE_TITLE = "Fixloop 自检"
PROBE_BODY = "请点击下面的按钮；如果按钮不可用，也可以直接用文字命令。"
APOLOGY = "抱歉，处理时出了点问题，您的消息已经保存，我们会尽快处理。如需联系管理员，请提供编号 {reference}。"
CUSTOMER_HELP = (
    "您可以这样说：\n· 直接描述故障：3 号冷库机组不制冷了\n· 进度：查看修到哪了\n· 取消 工单号：不用修了"
)
STAFF_HELP = (
    "您可以这样说：\n· 我的工单：派给您的工单\n· 接单 工单号\n· 拒单 工单号 原因\n· 进度 工单号\n"
    "· 派单 工单号 技师姓名（调度员、主管）\n· 取消 工单号 原因（调度员、主管）"
)
BAD_PRESS = "这个按钮无法识别，没有做任何改动。请用文字命令，回复“帮助”可查看可用的说法。"
NOT_UNDERSTOOD = "没有看懂这句话，没有做任何改动。\n" + STAFF_HELP
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
WANTS_HUMAN = "客户 {name} 要找人工：{text}\n请尽快与客户联系。"
