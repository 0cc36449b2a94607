"""What people read about the work in the field, and what customer and technician tell each other, in Chinese."""

from domain.workorder.details import HoldReason

STEP_DONE = {
    "depart": "已记下：您已出发，工单 {number}。",
    "arrive": "已记下：您已到达现场，工单 {number}。",
    "start": "已记下：您已开始处理，工单 {number}。",
}
STEP_NEXT = {
    "depart": "到了回复：到达 {number}",
    "arrive": "动手前回复：开始处理 {number}",
    "start": "做完回复：完工 {number}",
}
ETA_SAID = "预计 {eta} 到。{told}"
ETA_ESTIMATED = "按距离估算 {eta} 到。{told}不准的话下次请带上时间，例如：出发 {number} 40分钟到。"
BACKFILLED = "按补录登记，实际时间 {claimed}。"
PLACE_KEPT = "位置已收到，10 分钟内的出发、到达、开始处理、完工会一并记下这个位置。"

HOLD_TITLE = "挂起 {number}：在等什么？"
HOLD_HINT = "也可以直接回复，例如：等配件 压缩机三天后到"
HOLD_CHOICE = {
    HoldReason.CUSTOMER: "等客户",
    HoldReason.PART: "等配件",
    HoldReason.APPROVAL: "等审批",
    HoldReason.THIRD_PARTY: "等第三方",
}
HOLD_WORDS = "挂起 {number} {reason} 说明"
HOLD_AGAIN = (
    "没有看出在等什么。请回复：等客户、等配件、等审批 或 等第三方，后面可以加说明；不挂起请回复“算了”。"
)
HOLD_DROPPED = "好的，没有挂起工单 {number}。"
HELD = "工单 {number} 已挂起：{reason}。{told}\n能继续时回复：恢复 {number}"
HELD_ADD = "\n要补充说明，现在直接回复就会记到时间线；不补充不用管。"
HOLD_NOTE_KEPT = "说明已记到工单 {number} 的时间线。"
HOLD_NOTE_DROPPED = "好的。工单 {number} 仍是挂起。"
RESUMED = "工单 {number} 已恢复，请接着处理。"

REASSIGN_TITLE = "转单 {number}：转给谁？"
REASSIGN_HINT = "也可以直接回复：转单 {number} 技师姓名 原因"
REASSIGN_NOBODY = "现在没有别的技师可转。请联系调度员，或回复：转单 {number} 技师姓名 原因"
REASSIGN_WORDS = "转单 {number} {name} 原因"
REASSIGN_ASK = "把工单 {number} 转给 {name}，请直接回复原因（例如：车坏在路上）。回复“算了”可以不转。"
REASSIGN_AGAIN = "没有看到原因。请用文字回复为什么转给 {name}，或回复“算了”。"
REASSIGN_DROPPED = "好的，没有转单。工单 {number} 仍由原来的技师负责。"
REASSIGNED = "已把工单 {number} 转给 {name}，等待对方接单。"

MEDIUM_NAME = {
    "image": "图片",
    "voice": "语音",
    "video": "视频",
    "file": "文件",
    "text": "说明",
    "link": "链接",
}
NOTE_ADDED = (
    "{what}已记到工单 {number} 的时间线。\n不是这一单？回复：不对，是 WO-…；要给客户看？回复：发给客户"
)
NOTE_MOVED = "已改记到工单 {number}，并在 {before} 上注明记错了。"
NOTE_WRONG = "上面这条（{what}）记错了，属于工单 {number}。"
NOTHING_TO_MOVE = "没有找到刚才记下的内容，没有做任何改动。请直接说：进展 {number} 内容"
WORDS_TITLE = "这句话怎么处理？"
WORDS_WHICH = "记到哪张工单？"
WORDS_MEDIA = "您发来的{what}"
WORDS_HINT = "也可以直接说：进展 工单号 内容，或 告诉客户 工单号 内容"
WORDS_TO_NOTE = "记到时间线"
WORDS_TO_ORDER = "记到 …{tail}"
WORDS_TO_CUSTOMER = "发给客户"
WORDS_IGNORE = "忽略"
WORDS_MORE = "这一句也加上了，请在上面的卡片里选择怎么处理。"
WORDS_IGNORED = "好的，这句话没有记到工单，也没有发给客户。"
WORDS_GONE = "这句话已经处理过，或放得太久了，没有做任何改动。需要时请再说一次。"
NO_PROGRESS = "请写上进展内容，例如：进展 {number} 已拆机，正在检查电控板"

TOLD_CUSTOMER = "已转给客户（工单 {number}）。"
UNREACHABLE = "工单 {number}：{told}"
TOLD_AGENT = "工单 {number}：{told}登记的客服会收到您的话，请对方转告。"
TOLD_TECHNICIAN = "已转告技师（工单 {number}），技师的回复会发到这里。"
TOLD_LATER = "已记到工单 {number} 的时间线，技师接单后可以查到；着急请回复：转人工"
NO_WORDS_FOR_CUSTOMER = (
    "请写上要告诉客户的话，例如：告诉客户 {number} 我 10 分钟后到；也可以先发图片，再回复：发给客户"
)
NO_WORDS_FOR_TECHNICIAN = "请写上要告诉技师的话，例如：告诉技师 门禁密码在前台"
SPEAKER = {"customer": "客户", "technician": "技师", "desk": "服务台"}
RELAYED = "{role} {speaker}（工单 {number}）说：\n{text}"
RELAYED_FILE = "{role} {speaker}（工单 {number}）发来："
ANSWER_CUSTOMER = "\n回复客户：告诉客户 {number} 内容"
ANSWER_TECHNICIAN = "\n直接回复即可告诉技师。"
ANSWER_DESK = "\n回复：进展 {number} 内容"
PARKED = "工单 {number}：您给客户的话暂时发不出去（{why}），客户下次发消息时会收到。着急请打电话。"
WHY_PARKED = {
    "": "微信现在不让主动发",
    "silent": "客户超过 48 小时没说话，微信不让主动发",
    "five": "客户没有回话，微信只让连发 5 条",
    "ended": "客户的会话已结束",
    "human": "客户正由人工客服接待",
}
UNREACHED = {
    "acceptance": "工单 {number}：客户微信暂时收不到验收请求（{why}），请电话请客户{contact}验收。客户口头同意后，服务台可回复：验收 {number} 客户口头确认",
    "held": "工单 {number}：客户微信暂时收不到挂起通知（{why}），请电话告诉客户{contact}。",
    "cancelled": "工单 {number}：客户微信暂时收不到取消通知（{why}），请电话告诉客户{contact}。",
}

BOARD_TITLE = "技师状态 · {at}"
BOARD_EMPTY = "现在没有在岗的技师。"
BOARD_STATE = {
    "offered": "待接单",
    "accepted": "已接单",
    "en_route": "在途",
    "on_site": "到场",
    "in_progress": "处理中",
    "on_hold": "挂起",
}
BOARD_LINE = "{number} {state}{eta}，{since} 起"
BOARD_ETA = "（预计 {eta} 到）"
BOARD_FREE = "空闲：{names}"
BOARD_MORE = "……还有 {count} 位技师没有列出"

REPORT_TITLE = "{number} {kind} {position}/{total}"
REPORT_KIND = {False: "完工报告", True: "修改报告"}
REPORT_LABEL = {
    "cause": "故障原因",
    "remedy": "处理措施",
    "hours": "工时",
    "photo": "现场照片",
    "extras": "材料和读数",
}
REPORT_ASK = {
    "cause": "故障原因是什么？直接回复，例如：启动电容击穿",
    "remedy": "怎么处理的？直接回复，例如：更换启动电容，试机正常",
    "hours": "现场用了多少工时？例如：1.5 或 90分钟",
    "check": "检查：{label}",
    "remark": "“{label}”不合格，请写明情况，例如：门封老化，需更换",
    "reading": "读数：{label}，请直接回复数值",
    "photo": "请发一张现场照片",
    "extras": "用了材料、量了读数吗？例如：材料：电容1只 读数 高压：18bar；没有就点“没有”",
}
REPORT_NOW = "现在填的是：{value}"
REPORT_AGAIN = {
    "hours": "没有看懂工时“{text}”。请回复 {most} 以内的小时数，例如：1.5，或 90分钟",
    "reading": "读数“{label}”要填数值，“{text}”不是数值。请回复，例如：3.2",
    "nothing": "“{text}”不能作为{label}，请写明，例如：启动电容击穿，或 未发现异常，试机正常。",
    "check": "请回复：合格、不合格（后面写明情况）{skip}",
    "photo": "还没有收到照片。请直接发一张现场照片，收到后自动继续",
    "": "没有看到内容，请用文字回复。",
}
REPORT_OR_SKIP = " 或 跳过"
REPORT_HOW = "随时可以回复“上一步”；先放着也行，24 小时内再按“完工”接着填"
REPORT_LEFT_OUT = "工单 {number} 的服务报告还缺：{missing}。已填的都记下了，接着填就行。"
REPORT_RAN_OUT = "上次填了一半的报告已超过 24 小时，请重新填写。"
REPORT_RESUMED = "接着上次填的继续。"
REPORT_DROPPED = "好的，先不填了，已填的保留 24 小时。接着填请回复：完工 {number}"
REPORT_FILED = "工单 {number} 已完工，{report}，正在请客户验收。"
REPORT_AMENDED = "工单 {number} 的{report}，会请客户重新验收。"
REPORT_NAMED = {
    False: ("服务报告已提交（第 {version} 版）", "第{visit}次维修报告已提交"),
    True: ("服务报告已更正（第 {version} 版）", "第{visit}次维修报告已更正"),
}
"""Whether it corrects one: of the first visit, and of a later one."""
VISITS = "一二三四五六七八九十"
REPORT_PHOTO_KEPT = "照片已收到（共 {count} 张）。"
SUMMARY_TITLE = "{number} {kind}，请核对"
SUMMARY_HINT = "核对无误请提交；要改也可以直接回复，例如：工时：2"
CHANGE_TITLE = "工单 {number}：改哪一项？"
CHECK_FOUND = {True: "合格", False: "不合格"}
SKIPPED = "未检查"
PHOTOS = "{count} 张"
HOURS = "{hours} 小时"
ALL_PASS = "检查全部合格"
PASS, FAIL, SKIP, NONE, BACK = "合格", "不合格", "跳过", "没有", "上一步"
SUBMIT, CHANGE = "提交", "修改"
