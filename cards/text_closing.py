"""What people read at the end of the loop and on the time line, in Chinese."""

from domain.workorder.details import Payer
from domain.workorder.timeline import Node

PAYER_LABEL = {
    Payer.CUSTOMER.value: "客户付",
    Payer.CONTRACT.value: "合同承担",
    Payer.WARRANTY.value: "保修承担",
    Payer.GOODWILL.value: "公司赠送",
}

# Acceptance.
DONE_TITLE = " 已完工，请您验收"
SIGNATURE_LABEL = "签字"
SIGN_AGAIN = "报告已更正，{signer} 的原签字失效，请重新签字"
ACCEPT_AGAIN = "报告已更正，{signer} 的原签字失效，请重新验收"
CORRECTED_TITLE = " 报告已更正，请您验收"
CHANGED_LABEL = {
    "cause": "故障原因",
    "remedy": "处理措施",
    "hours": "工时",
    "materials": "材料",
    "readings": "读数",
    "checks": "检查项",
    "photos": "照片",
}
CHANGED = "{label}由“{before}”改为“{after}”"
CHANGED_SOMEHOW = "{label}有更新"
CHANGED_NOTHING = "无"
ACCEPTED_BY_DESK = "工单 {number} 已代客户验收（{reason}），请结算：结算 {number} 金额 付款方"
ASK_REJECT_REASON = (
    "工单 {number} 还有什么问题？请直接回复，例如：还是不制冷。技师会继续处理；其实没问题请回复“算了”。"
)
REJECT_DROPPED = "好的，没有记为不通过。工单 {number} 修好了请回复：验收 {number}"
REASON_AGAIN = "没有看到原因，没有做任何改动。请用文字说明，或回复“算了”。"
NOTHING_TO_ACCEPT = "现在没有等您验收的工单。回复“进度”可查看修到哪了；有新问题请直接描述。"
SKIPS = "代客户验收要写明原因，可以写：{permitted}。例如：验收 {number} 客户口头确认"

# Reopening.
ASK_REOPEN_REASON = "工单 {number} 要重开，请直接回复原因，例如：昨天修好的今天又坏了。回复“算了”可以不重开。"
REOPEN_DROPPED = "好的，没有重开工单 {number}。"
REOPENED = "工单 {number} 已重开，正在安排技师。"
OFFER_REOPEN_TITLE = "是上次的问题没修好吗？"
OFFER_REOPEN_HINT = "是同一个问题请点“重开工单”，会优先安排；不是的话请直接描述新故障。"
REOPEN_BUTTON = "重开工单"
REOPEN_WORDS = "重开 {number} 原因"

# Settlement.
ASK_AMOUNT = "工单 {number} 请回复金额和付款方，例如：380.50 元 客户付；不收费请回复：免费。{suggestion}\n付款方可以是：客户付、合同、保修、赠送。回复“算了”可以先不结算。"
ASK_PAYER = "工单 {number} 金额 {amount} 元，由谁付？请回复：客户付、合同、保修 或 赠送。{suggestion}"
PARTS_COST = "\n备件成本：{amount} 元"
SUGGESTION = "\n建议：{payer}（{why}）"
PAYER_AGAIN = "没有看懂由谁付，没有做任何改动。请回复：客户付、合同、保修 或 赠送，或回复“算了”。"
SETTLE_DROPPED = "好的，还没有结算工单 {number}。"
DOUBT_TITLE = "工单 {number}：请确认由谁付"
DOUBT_BODY = "该设备{why}，{amount} 元建议由{payer}，不向客户收费。"
DOUBT_HINT = "仍要客户付，请点“仍由客户付”或再发一次；先不结算请回复“算了”。"
DOUBT_COVERED = "由{payer}"
DOUBT_CUSTOMER = "仍由客户付"
DOUBT_WORDS = "结算 {number} {amount} 元 {payer}"
SETTLED = "工单 {number} 已结算：{amount} 元，{payer}。{next}"
SETTLED_NEXT = "回访完成后自动关单。"
SETTLED_AWAITING = "要先审批：{awaiting}；通过并回访后自动关单。"
SETTLED_CLOSED = "回访已完成，工单已关闭。"
CLOSED = "工单 {number} 已关闭。"
REOPEN_FROM_CALL = "回访时客户反映未解决"

# Rating.
NPS_TITLE = "谢谢您的 {score} 分评价"
NPS_BODY = "您愿意把我们推荐给朋友吗？0 分完全不愿意，10 分非常愿意。"
NPS_HINT = "可以点选或直接回复数字；想说的话也可以直接告诉我们，30 分钟内都会记到这次评价里。"
NPS_SKIP = "跳过"
NPS_WORDS = "推荐 {nps}"
NPS_THANKS_TITLE = "评价已收到，谢谢！"
NPS_THANKS = "工单 {number}：{score} 分"
NPS_RECOMMENDED = "，推荐度 {nps} 分"
NPS_COMMENT_HINT = "还有想说的，30 分钟内直接回复即可。"
COMMENT_KEPT = "已记到工单 {number} 的评价里，谢谢！如果这是新的故障，请回复“报修”。"
RATE_HOW = "请打 1～5 分，例如：评价 {number} 5分 技师很专业"
NOTHING_TO_RATE = "现在没有可以评价的工单。修好并验收后即可评价。"

# Follow-up.
KIND_LABEL = {"routine": "例行回访", "low_score": "低分回访"}
RESULT_LABEL = {
    "": "待回访",
    "solved": "已解决",
    "unsolved": "未解决",
    "unreachable": "联系不上",
    "withdrawn": "已撤销",
    "passed_on": "已转出",
}
STEP_OUTCOME = {"told": "", "muted": "", "merged": "", "skipped": "不符合规则里写的条件，没有触发"}
FOLLOW_UP_SOLVED = "已回访·满意"
FOLLOW_UP_SOLVED_WORDS = "回访 {number} 已解决 客户满意"
FOLLOW_UP_UNSOLVED = "未解决"
FOLLOW_UP_UNSOLVED_WORDS = "回访 {number} 未解决 原因"
FOLLOW_UP_UNREACHABLE = "联系不上"
FOLLOW_UP_UNREACHABLE_WORDS = "回访 {number} 联系不上"
FOLLOW_UP_PASS = "转给{name}"
FOLLOW_UP_PASS_WORDS = "回访 {number} 转给{name}"
FOLLOW_UP_OPEN_HINT = "请在时限前联系客户，问清是否修好、是否满意，再点结果。"
FOLLOW_UP_LATE_HINT = "已超时：请马上联系客户，再点结果；来不及请转给同事。"
FOLLOW_UP_AGAIN_HINT = "第 {attempts} 次没有联系上，请在新的时限前再试；第 3 次仍联系不上即结束。"
FOLLOW_UP_REOPEN_HINT = (
    "客户反映没有修好。点“重开工单”会马上重新派工；不用重开时，处理好后再回复：回访 {number} 已解决"
)
FOLLOWED_UP = "已记录：工单 {number} 回访{result}。"
FOLLOWED_UP_CLOSED = "工单已关闭。"
FOLLOWED_UP_AGAIN = "请在 {due} 前再联系一次。"
FOLLOWED_UP_REOPEN = "需要重修请回复：重开 {number} 原因"
FOLLOW_UP_HOW = "请说明回访结果，例如：回访 {number} 已解决 客户满意 5分；回访 {number} 未解决 还有异响；回访 {number} 联系不上；回访 {number} 转给 姓名"
PASSED_ON = "工单 {number} 的回访已转给 {name}。"
NO_FOLLOW_UPS = "现在没有待回访的工单。"
FOLLOW_UPS_TITLE = "待回访（{count}）"
FOLLOW_UPS_MORE = "还有更多，处理完前面的再查看。"
FOLLOW_UPS_HOW = "回复：回访 工单号 已解决 客户满意"
POOL_MARK = "（待认领）"
OWNER_MARK = "（{name}）"
LATE_SUFFIX = "（已超时）"
FOLLOW_UP_NEWS = {
    "moved": "{left} 已不在岗，工单 {number} 的{kind}已转给 {name}，{due} 前联系客户。要换人请回复：回访 {number} 转给 姓名",
    "unassigned": "{left} 已不在岗，工单 {number} 的{kind}现在没有人负责，{due} 前要联系客户。联系后请回复：回访 {number} 已解决 客户满意",
    "due": "工单 {number} 的{kind}到时限了（{due}），还没有人负责。请指定人：回访 {number} 转给 姓名；已联系过请回复：回访 {number} 已解决 客户满意",
    "late": "工单 {number} 的{kind}已超时（时限 {due}），负责人：{name}。请催办，或换人：回访 {number} 转给 姓名；已联系过请回复：回访 {number} 已解决 客户满意",
}
NOBODY_CALLS = "没有人"
LATE_MARK = "已超时，"

# The service report in the desk's group.
REPORT_TITLE = "工单 {number} 服务报告"
REPORT_AGAIN_TITLE = "工单 {number} 第{visit}次维修报告"
REPORT_AMENDED = "第 {version} 版，已更正"

# The time line.
TIMELINE_TITLE = "工单 {number} 时间线（{status}）"
TOTALS_TITLE = "工单 {number} 用时分析（{status}）"
TIMELINE_PAGE = " 第 {page}/{pages} 页"
TIMELINE_NEXT = "下一页请回复：时间线 {number} {page}"
TIMELINE_NEWEST = "；最新的请回复：时间线 {number} {pages}"
TOTAL_LINE = "合计 {total}"
LONGEST = "用时最长：{node} {time}，占 {share}%"
NOBODY = "系统"
DESK_NAME = "服务台"
OTHER_REPORTER = "其他报修人"
CHANNEL_LABEL = {
    "wecom_kf": "微信客服",
    "wecom": "企业微信",
    "wecom_app": "企业微信",
    "wecom_aibot": "企微机器人",
    "dingtalk": "钉钉",
    "api": "接口",
    "page": "页面",
    "phone": "电话",
}
NODE_LABEL = {
    Node.DISPATCH: "派工",
    Node.PREPARATION: "接单待出发",
    Node.TRAVEL: "路上",
    Node.WORK: "现场处理",
    Node.WAITING_CUSTOMER: "等客户",
    Node.WAITING_PART: "等配件",
    Node.WAITING_APPROVAL: "等审批",
    Node.WAITING_THIRD_PARTY: "等第三方",
    Node.ACCEPTANCE: "等验收",
    Node.SETTLEMENT: "等结算",
    Node.FOLLOW_UP: "等回访",
    Node.CLOSED: "关单后到重开",
}
FLAGS = (
    ("backfilled", "补录，实际 {claimed_at}"),
    ("far", "距现场 {distance_m} 米"),
    ("skipped_departure", "跳过出发"),
    ("was_signed", "原验收失效"),
    ("departed", "技师已出发"),
    ("reused_in", "照片在 {reused_in} 用过"),
    ("sent_before", "与前面的照片相同"),
    ("earlier_id", "重复故障：{earlier_id}"),
)
"""What is noteworthy about a line, where the fact is true."""
HAPPENED: dict[str, tuple[tuple[str, str], ...]] = {
    "EscalationProposed": (("", "客户语气不满，已提供“请主管联系我”"),),
    "EscalationConfirmed": (("", "客户要求主管联系"), ("words", "：{words}")),
    "EscalationDeclined": (("", "客户不需要主管联系"),),
    "WorkOrderRegistered": (("", "报修：{description}"),),
    "WorkOrderOffered": (
        ("", "派给 {technician_id}"),
        ("from_id", "（从 {from_id} 转出）"),
        ("reason", "：{reason}"),
    ),
    "TechniciansRecommended": (("", "推荐技师 {candidates}"), ("rule", "（规则：{rule}）")),
    "WorkOrderLeftUnassigned": (("", "已问 {asked} 位技师，无人可派，转调度员"),),
    "WorkOrderAccepted": (("", "{assignee_id} 接单"),),
    "WorkOrderDeclined": (("", "{technician_id} 拒单：{reason}"),),
    "OfferExpired": (("", "{technician_id} 超时未接单"),),
    "AssigneeLeft": (("", "{assignee_id} 已不在岗，收回工单"),),
    "WorkOrderRecalled": (("", "从 {technician_id} 收回工单：{reason}"),),
    "StepFired": (("", "{kind}时限 {step}"), ("done", "：{done}"), ("outcome", "：{outcome}")),
    "RemindersMuted": (("", "静音到 {until}"), ("reason", "：{reason}")),
    "RemindersUnmuted": (("", "取消静音"),),
    "OfferExtended": (("", "卡片未送达 {technician_id}，接单时限延到 {expires_at}"),),
    "WorkOrderCancelled": (("", "取消"), ("reason", "：{reason}")),
    "WorkOrderMerged": (("", "合并到工单 {into_number}"),),
    "WorkOrderNoteAdded": (("", "补充{kind}"), ("text", "：{text}")),
    "WordsRelayed": (("", "告诉{to}：{text}"),),
    "PriorityChanged": (("", "优先级 {before} → {after}：{reason}"),),
    "AssetCorrected": (("", "设备更正"), ("before", "：{before}"), ("", " → {after}")),
    "OrderTypeChanged": (("", "类型 {before} → {after}：{reason}"),),
    "DecisionAwaited": (
        ("decided", "{decided}"),
        ("comment", "：{comment}"),
        ("asked", "等待 {asked}"),
    ),
    "JobPartsChanged": (("", "备件{what}：{parts}"), ("note", "（{note}）")),
    "EstimateChanged": (("", "预计耗时 {minutes} 分钟"), ("reason", "：{reason}")),
    "ReporterJoined": (("", "又有人反映同一故障"), ("words", "：{words}")),
    "ReporterLeft": (("", "撤销关联"),),
    "TechnicianDeparted": (("", "{assignee_id} 出发"), ("eta_at", "，预计 {eta_at} 到")),
    "TechnicianArrived": (("", "{assignee_id} 到达现场"),),
    "WorkStarted": (("", "{assignee_id} 开始处理"),),
    "WorkCompleted": (("", "{assignee_id} 完工，服务报告第 {report_version} 版"),),
    "WorkOrderHeld": (("", "挂起（{reason}）"), ("note", "：{note}")),
    "WorkOrderResumed": (("", "恢复"),),
    "ReportFiled": (("", "提交服务报告第 {version} 版"), ("cause", "：{cause}"), ("remedy", "；{remedy}")),
    "ReportAmended": (
        ("", "更正服务报告（第 {version} 版）"),
        ("voided_signer", "，{voided_signer} 的签字不再有效"),
        ("", "，等客户重新验收"),
    ),
    "WorkSignedOff": (
        ("by_customer", "客户验收通过"),
        ("signer", "，{signer} 已签字"),
        ("skip_reason", "代客户验收：{skip_reason}"),
        ("", "（报告第 {report_version} 版）"),
    ),
    "WorkRejected": (("", "第 {times} 次验收不通过：{reason}"),),
    "WorkOrderSettled": (
        ("", "结算"),
        ("amount_fen", " {amount_fen} 元，{payer}"),
        ("before_fen", "，更正前 {before_fen} 元，{before_payer}"),
        ("note", "（{note}）"),
    ),
    "FollowUpOwed": (("", "{kind}，{due_at} 前联系客户"),),
    "WorkOrderFollowedUp": (("", "回访：{result}"), ("score", "，{score} 分"), ("note", "（{note}）")),
    "WorkOrderRated": (("", "评价 {score} 分"), ("comment", "：{comment}")),
    "WorkOrderClosed": (("", "关单"), ("skip_reason", "（免回访：{skip_reason}）")),
    "WorkOrderReopened": (("", "重新打开：{reason}"),),
}
"""Every event of a work order as parts; a part whose fact is missing is left out."""
NOTE_KIND = {
    "text": "",
    "image": "图片",
    "voice": "语音",
    "video": "视频",
    "file": "文件",
    "location": "位置",
    "link": "链接",
    "expedite": "催单",
}
PARTS_WHAT = {
    "reserved": "已预留",
    "freed": "已释放",
    "requested": "已申请",
    "approved": "领料已批准",
    "refused": "领料未通过",
    "issued": "已出库",
    "taken": "已收下",
    "used": "已核销",
    "taken_back": "已撤销核销",
    "returned": "已退库",
    "sent_back": "已退回发出方",
    "short": "暂缺",
    "ordered": "已采购",
    "arrived": "已到货",
}
TO_LABEL = {"customer": "客户", "technician": "技师"}
