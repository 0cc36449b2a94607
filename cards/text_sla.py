"""What people read about time limits, in Chinese."""

from domain.sla.commands import Later

DUE_TITLE = "{kind}时限提醒"
OVER_TITLE = "{kind}已超时"
ESCALATED = "升级通知（{level}级）"
LIMIT = "{kind} {due} 前"
LIMIT_PAUSED = "{kind} 暂停计时"
NO_HOLDER = "还没有人接手"
MISSED = "本该在 {times} 提醒，因系统停机或规则刚生效，现在补发。"
RAISED = "优先级已自动提升为 {priority}。"
ACT_ASSIGNEE = "请尽快处理；做不到请点“挂起”或“转单”说明原因，也可以先告诉客户。"
ACT_DESK = "请马上派单，或联系客户说明。"
ACT_GROUP = "请{name}尽快处理，调度员跟进：需要的话换人或先告诉客户。"
ACT_SUPERIOR = "请过问：需要的话换人、加人，或亲自联系客户。"
LATER_LABEL = {Later.HALF_HOUR: "30分钟后提醒", Later.AFTER_LUNCH: "午饭后提醒", Later.TOMORROW: "明天提醒"}
LATER_WORDS = {
    Later.HALF_HOUR: "稍后提醒 {number} 30分钟",
    Later.AFTER_LUNCH: "稍后提醒 {number} 午饭后",
    Later.TOMORROW: "稍后提醒 {number} 明天",
}
PUT_OFF = "好的，{until} 再提醒您工单 {number}；在那之前办完了就不再提醒。"
MUTED = "已静音工单 {number}，{until} 前不再发提醒，时限照常计时。要恢复请回复：取消静音 {number}"
UNMUTED = "已恢复工单 {number} 的提醒。"

WHY_TITLE = "{number} {kind}时限：{state}"
WHY_STATE = {
    "running": "计时中",
    "paused": "已暂停",
    "met": "按时完成",
    "missed": "已超时",
    "cancelled": "已取消",
}
WHY_LATE = "超时 {late}"
WHY_POLICY = "适用规则：{policy}（{reason}），{calendar}日历，时限 {target}"
WHY_NO_TARGET = "这项只计总用时，没有时限。"
WHY_SPAN = "从 {start} 到 {until}，共 {total}；计入 {counted}{due}"
WHY_DUE = "；应于 {due} 前完成"
WHY_PAUSED = "（不计时）"
WHY_CLOSED = "，其中非工作时间 {closed}"
WHY_LONGEST = "最久的一段：{node}{owner}，计入 {counted}，占时限用时的 {share}%。"
WHY_NOTHING = "工单 {number} 没有设时限。"

STATEMENT_TITLE = "{on} 升级对账"
STATEMENT_LINE = "应触发 {due} 次：已通知 {told}，合并通知 {merged}，静音 {muted}，未触发 {open}。"
STATEMENT_SKIPPED = "另有 {skipped} 次不符合规则里写的条件，没有触发。"
STATEMENT_LATE = "晚于应触发时刻 1 分钟以上：{late} 次。"
STATEMENT_GOOD = "全部按时触发。"
STATEMENT_NONE = "当天没有应触发的提醒或升级。"
STATEMENT_STEP = "{number} {kind} {step}：应于 {due}，晚 {late}（{reason}）"
LATE_REASON = {"attached": "规则后来才生效", "downtime": "系统停机", "backlog": "积压"}
