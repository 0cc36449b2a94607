"""What is answered to short words: an agreement, a thank-you, a label whose question is over, a wish for a person."""

THANKS = "不客气！有问题随时告诉我们。"
MACHINE_CORRECTED = "已更正：工单 {number} 的设备改为 {asset}，服务台和技师都会看到。"
MACHINE_SAME = "工单 {number} 登记的就是 {asset}，不用更改。"
MACHINES_TITLE = "工单 {number} 是哪台设备？"
MACHINES_HINT = "点选正确的设备，或直接回复：不对，是 设备名称"
MACHINE_WORDS = "不对，是{name}"
NOTHING_CANCELLED = "好的，没有取消任何工单。"
SIGN_OFF_ASKED = "工单 {number} 修好了吗？确认修好请回复“通过”；还有问题请直接说明，例如：不通过 还是不制冷。"
OFFER_WAITS = "工单 {number} 还在等您接单。接单请回复：接单 {number}；不接请回复：拒单 {number} 原因"
LABEL_GONE = "“{label}”对应的问题已经结束，没有做任何改动。有等您确认的报修请看最新的卡片；要查进度请回复“进度”，有新故障请直接描述。"
NOT_YOUR_ASSET = "没有找到“{text}”。这里只能查您自己的设备，请核对序列号或车牌后再试；要查工单请回复“进度”。"
TOLD_LATER_DESK = "已记到工单 {number} 的时间线，现在还没有技师接单，技师接单后可以查到。"
NOTHING_CONCERNS_STAFF = (
    "没有您报修或要您处理的工单。查某一张请回复：进度 工单号；看全部未完工单请回复：工单池"
)
PRIORITY_HOW = (
    "优先级只有：P1 危急、P2 紧急、P3 普通、P4 不急，没有做任何改动。例如：优先级 {number} P1 客户停产"
)
NOTHING_TO_REOPEN = "没有可以重开的工单，没有做任何改动。设备有问题请直接描述，例如：3 号冷库机组不制冷了。"
WAITS = "{number}（{state}）{fault}"
WHICH = "（{state}：{fault}）"
