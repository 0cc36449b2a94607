"""What people read about approvals, in Chinese."""

# One task.
OPEN_TITLE = "待审批：{title} {number}"
BACK_TITLE = "请修改：{title} {number}"
BACK_STATUS = "已退回，待修改"
DECIDED_TITLE = "{state}：{title} {number}"
WAITS = "待审批"
WAITS_LATE = "待审批，已超时"
STATE_LABEL = {
    "agreed": "已同意",
    "refused": "已拒绝",
    "returned": "已退回",
    "delegated": "已转交",
    "resubmitted": "已重新提交",
    "removed": "已减签",
    "again": "需重新审批",
    "waiting": "等他人先审",
    "cancelled": "无需审批",
    "withdrawn": "已撤回",
    "terminated": "已终止",
}
OTHER_STATE = "已结束"
AMOUNT = "{amount} 元"
RAISED = "{amount} 元（原批准 {before} 元，已上调）"
LOWERED = "{amount} 元（原批准 {before} 元）"
UNTIL = "{time} 前"
LATE_MARK = "（已超时）"
FILES = "{count} 个"
FOR_PRINCIPAL = "您代 {name} 审批"
LABEL_AMOUNT = "金额"
LABEL_REASON = "原因"
LABEL_INITIATOR = "申请人"
LABEL_DUE = "时限"
LABEL_PRINCIPAL = "代理"
LABEL_NODE = "节点"
LABEL_WHY = "触发条件"
LABEL_FILES = "附件"
LABEL_TALLY = "进度"
SAID = "{name}：{text}"
REMARKS_TITLE = "意见："
REMARKS_MORE = "更早的 {count} 条意见没有列出"

# The tally of a step with several approvers.
TALLY = {
    "all": "已同意 {agreed}/{total}",
    "vote": "已同意 {agreed}/{total}（满 {needs} 票通过）",
    "any": "一人同意即可，已同意 {agreed}/{total}",
    "sequence": "依次审批，已同意 {agreed}/{total}",
}
TALLY_GROUP = {
    "refused": "已拒绝",
    "returned": "已退回",
    "open": "待审批",
    "waiting": "未轮到",
    "delegated": "已转交",
    "absent": "缺席",
}
TALLY_NAMES = "{label}：{names}"
TALLY_MORE = "{names} 等 {count} 人"

# What to do next, or how it ended.
OPEN_HINT = "点“同意”立即生效；拒绝、退回会再问原因。"
OPINION_HINT = "{name} 请您先看：同意或拒绝只是意见，最后由 {name} 决定。"
OPEN_HINT_PLAIN = "现在不用您操作。"
BACK_HINT = "修改后点“重新提交”；不需要了点“撤回”。"
LATE_HINT = "已超过时限，请尽快处理；不方便请转交。"
BY = {
    "agreed": "已由 {by} 同意{comment}",
    "refused": "已由 {by} 拒绝{comment}",
    "returned": "已由 {by} 退回{comment}",
    "delegated": "已转交给 {by}",
    "resubmitted": "已由 {by} 重新提交",
    "removed": "已由 {by} 减签，无需您再审批",
    "again": "内容有变动，需要重新审批，请看新的卡片",
    "waiting": "等其他人先审批，之后会再到您这里",
}
SOMEBODY = "同事"
COMMENT = "（{text}）"
WHEN = "，{time}"
NOT_NEEDED = "，无需您再审批"
REFUSED_BY_OTHER = "已有人拒绝：{by}{comment}，无需您再审批"
AGREED_BY_OTHER = "已由 {by} 同意，无需您再审批"
RETURNED_BY_OTHER = "已由 {by} 退回{comment}，无需您再审批"
WITHDRAWN = "申请人 {by} 已撤回，无需您再审批"
TERMINATED = "流程已终止，无需您再审批"
ENDED_ANYHOW = "已不需要您审批"
END_LABEL = {
    "approved": "申请已通过",
    "refused": "申请未通过",
    "done": "流程已完成",
    "returned": "已退回申请人",
}

# Buttons and their words.
BUTTONS = {
    "agree": ("同意", "同意 {number}"),
    "refuse": ("拒绝", "不同意 {number} 原因"),
    "delegate": ("转交", "转交 {number} 姓名"),
    "return": ("退回", "退回 {number} 原因"),
    "add": ("加签", "加签 {number} 姓名"),
    "ask": ("问一句", "问 {number} 问题"),
    "resubmit": ("重新提交", "重新提交 {number} 原因"),
    "withdraw": ("撤回", "撤回 {number}"),
}

# 待我审批.
TASKS_TITLE = "【待我审批】共 {total} 项"
NO_TASKS = "现在没有等您审批的事项。"
TASK_LINE = "{no}. {title} {number}{amount}"
TASK_FACTS = "   {initiator}{reason}{for_whom}{due}"
LINE_AMOUNT = "，{amount} 元"
LINE_REASON = "：{reason}"
LINE_FOR = "（代 {name}）"
LINE_DUE = "，{time} 前"
LINE_BACK = "，已退回，请修改后重新提交"
LINE_LATE = "，已超时"
TASKS_MORE = "还有 {count} 项没有列出，处理后再回复“待我审批”。"
TASKS_HOW_ONE = "回复：同意 1，或 不同意 1 原因；看详情：审批 1"
TASKS_HOW = "回复：同意 1 2，或 全部同意，或 不同意 1 原因；看详情：审批 1"

# 我发起的.
REQUESTS_TITLE = "【我发起的】"
NO_REQUESTS = "您还没有发起过审批。发起请回复，例如：申请 折扣 WO-20260302-0007 500元 老客户"
REQUEST_LINE = "· {title} {number}{amount}\n  {status}{waits}，{time} 起"
REQUEST_LINE_ENDED = "· {title} {number}{amount}\n  {time} {status}"
REQUEST_WAITS = "，等 {names}"
REQUESTS_HOW = "催一催：催办 编号；不需要了：撤回 编号；看意见：直接回复编号"
STATUS_LABEL = {
    "running": "审批中",
    "returned": "已退回，等您修改",
    "approved": "已通过",
    "refused": "未通过",
    "withdrawn": "已撤回",
    "done": "已完成",
    "terminated": "已终止",
}

# One request, for whoever asked.
REQUEST_HEAD = "{about}{order}：{status}{waits}{time}"
REQUEST_ORDER = "，工单 {number}"
REQUEST_REASON = "原因：{reason}"
REQUEST_STEP = "· {node} {name}：{state}{comment}"
REQUEST_BACK_HOW = "改好后请回复：重新提交 {number} 金额 原因；不需要了请回复：撤回 {number}"
REQUEST_RUNS_HOW = "催一催：催办 {number}；不需要了：撤回 {number}"
OVER = "“{word}”没有执行，这项申请已经结束。"

# News. `about` is `折扣申请 SP-…（500 元）`; `subject` the same, ready for words right behind it.
ABOUT = "{title} {number}{amount}"
ABOUT_AMOUNT = "（{amount} 元）"
NEWS = {
    "approved": "{subject}已通过{by_last}{said}。",
    "refused": "{subject}没有通过{by_refused}{said}。改好后可以重新发起申请。",
    "returned": "{subject}被 {by} 退回{said}。改好后请回复：重新提交 {number} 原因；不需要了请回复：撤回 {number}",
    "settle_again": "{by} 没有批准 {about}{said}。请按意见改好后重新结算，例如：结算 {number} 4800元 客户付",
    "refused_back": "{subject}没有通过，{by} 拒绝了{said}。改好后请回复：重新提交 {number} 原因；不需要了请回复：撤回 {number}",
    "sent_back": "{subject}被 {by} 退回到前面的节点重新审批{said}，现在不用您操作。",
    "withdrawn": "{subject}已由 {by} 撤回，不用再审批。",
    "terminated": "{subject}已终止{said}，不再往下走。需要时请重新发起申请。",
    "question": "{by} 问起 {about}：{text}\n请回复：评论 {number} 您的回答",
    "comment": "{by} 说起 {about}：{text}\n要答复请回复：评论 {number} 内容",
    "copied": "抄送给您：{about}{node}{said}。不用您操作，进展可回复 {number} 查看。",
    "expedited": "{by} 催您审批：{about}{said}。请回复：同意 {number}，或 不同意 {number} 原因",
    "reminded": "提醒您：{subject}还在等您审批{node}。请回复：同意 {number}，或 不同意 {number} 原因",
    "delegated": "{subject}已由 {by} 转交给 {to}{said}。",
    "substituted": "{subject}改由 {to} 代 {by} 审批，不用等 {by} 回来。",
    "asked_again": "{subject}金额上调，需要重新审批{node}，原来的同意不再有效。",
}
NEWS_BY_LAST = "，最后由 {by} 同意"
NEWS_BY_REFUSED = "，{by} 拒绝了"
NEWS_NODE = "（{node}）"
SAYING = "：{text}"

# Dialogues.
QUICK_REASONS = ("金额过高", "资料不全", "预算不足", "先和我当面沟通")
ASK_REASON = {
    "refuse": "请直接回复拒绝 {number} 的原因，或回复数字：\n{quick}\n不拒绝了请回复“算了”。",
    "return": "请直接回复退回 {number} 的原因，或回复数字：\n{quick}\n退给上一步请写：上一步 原因。不退回了请回复“算了”。",
}
ASK_NAME = {
    "delegate": "{number} 转交给谁？请回复姓名，可以带一句说明，例如：王强 我在外地。不转交了请回复“算了”。",
    "entrust": "{number} 委派给谁先看？请回复姓名，对方看完会回到您这里。不委派了请回复“算了”。",
    "add": "{number} 加谁一起审批？请回复姓名，可以带“前”（先于您）或“后”（在您之后），例如：李强 前。不加了请回复“算了”。",
    "remove": "{number} 减去谁？请回复姓名。不减了请回复“算了”。",
}
ASK_RESUBMIT = (
    "重新提交 {number}：请回复新的金额和原因，例如：4500元 已降价；不用改请回复“确认”。先不提交请回复“算了”。"
)
ASK_QUESTION = "想问 {initiator} 什么？请直接回复，{number} 仍等您审批。不问了请回复“算了”。"
AGAIN = "没有看到文字，没有做任何改动。请直接回复，或回复“算了”。"
DROPPED = "好的，没有做任何改动。{number} 仍等您处理。"
BULK_TITLE = "将同意以下 {count} 项，合计 {total} 元："
BULK_TITLE_PLAIN = "将同意以下 {count} 项："
BULK_LINE = "{no}. {title} {number}{amount}，{initiator}{reason}"
BULK_LATER = "另有 {count} 项这次没有列出。"
BULK_MISSING = "没有等您审批：{names}。"
NO_TASKS_NAMED = "回复“待我审批”查看全部。"
LINE_OF_LIST = "第 {no} 项"
NOT_NUMBERED = "没有您能查看的审批“{number}”。回复“待我审批”或“我发起的”可查看全部。"
BULK_ASK = "确认请回复“确认”，不同意了请回复“算了”。"
BULK_DROPPED = "好的，一项都没有同意。"
BULK_AGAIN = "还没有同意。确认请回复“确认”，不同意了请回复“算了”。"
BULK_DONE = "已同意 {count} 项：{numbers}。"
BULK_NONE = "没有同意任何一项。"
BULK_FAILED = "{number} 没有同意：{why}"
BULK_GONE = "已不用您审批"
BULK_CHANGED = "金额已变（原来{before}，现在{after}），请单独审批"
BULK_AMOUNT = " {amount} 元"
NO_AMOUNT = "没有金额"
NOT_LISTED = "没有第 {index} 项。请先回复“待我审批”查看编号。"

# What was done.
DONE = {
    "agree": "已同意：{about}。",
    "refuse": "已拒绝：{about}，原因：{text}。",
    "return": "已退回：{about}，原因：{text}。",
    "delegate": "已把 {subject}转交给 {to}。",
    "entrust": "已把 {subject}委派给 {to}，对方看完会回到您这里。",
    "before": "已加签：{subject}先由 {to} 审批，再到您这里。",
    "after": "已加签：{subject}在您之后还要 {to} 审批。",
    "beside": "已加签：{subject}由 {to} 和您一起审批。",
    "remove": "已减签：{subject}不再需要 {to} 审批。",
    "ask": "已转问 {to}：{text}\n回答会发给您，{number} 仍等您审批。",
}
COMMENTED = "已记到 {number} 的意见里，参与的人都能看到。"
NUDGED = "已催办：{number}。"
WITHDREW = "已撤回：{number}。"
TOOK_BACK = "已拿回：{number}，又等您审批了。"
RESUBMITTED = "已重新提交：{number}。"
REQUESTED = "已发起：{about}{order}。{waits}"
REQUEST_GOES_TO = "等 {names} 审批，有结果会告诉您；进展可回复：我发起的"
REQUEST_OPEN = "有结果会告诉您；进展可回复：我发起的"
AWAY = "已记下：{from_day} 到 {to_day} 请假，期间由 {name} 代您审批。提前回来请回复：销假"
BACK = "已销假，审批又会发给您本人。"
PASSED_ON = "已交接：{name} 手上未完成的审批都转给了 {to}。"

# Which one is meant.
WHICH_TASK = "有 {count} 项在等您审批，没有做任何改动。请说明是哪一项，例如：{words}\n{lines}"
WHICH_LINE = "{no}. {about}，{initiator}{reason}"
WHICH_REQUEST = "有 {count} 项申请符合，没有做任何改动。请说明是哪一项，例如：{words}\n{lines}"
WHICH_REQUEST_LINE = "· {about}"
NO_REQUEST = "没有可以“{word}”的申请。回复“我发起的”可查看全部。"
WHICH_MEANING = "“{word}”可能有两个意思，没有做任何改动。请按您的意思回复：\n{lines}"
MEANS_OFFER = "· 不接这张工单：拒单 {number}"
MEANS_ACCEPTANCE = "· 确认修好了：验收 {number}"
MEANS_REJECTION = "· 没有修好：验收不通过 {number}"
MEANS_AGREE = "· 同意“{title}”这项审批：同意 {number}"
MEANS_REFUSE = "· 拒绝“{title}”这项审批：不同意 {number}"
ONE_BY_ONE = "“{word}”请一项一项来，没有做任何改动，例如：{word} {index}"
NOT_ADDED = "{number} 现在没有等“{name}”审批，没有做任何改动。"
REQUESTS_NONE = "暂无，请联系管理员"
REQUEST_NO_SUCH = "没有“{name}”这种申请，没有做任何改动。"
REQUEST_SAY_WHICH = "请写明申请什么。"
REQUEST_EXAMPLE = "申请 折扣 WO-20260302-0007 500元 老客户"
LEAVE_NO_DATES = "没有看懂从哪天到哪天"
LEAVE_WRONG_DATES = "日期不对：结束要在开始之后，也不能已经过去"
LEAVE_NO_NAME = "没有写由谁代审"
ALIKE = "您是不是要找：{names}？"
COLLEAGUE = "{name}（{roles}）"
LEAVE_DAY = "{month}月{day}日"
LEAVE_DAY_END = "{month}月{day}日 24:00"
APPROVAL_MARK = "审批"
"""Stands on every card and message that a reply may quote."""
