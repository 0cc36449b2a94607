"""What an agent reads who registered somebody without a chat of their own, in Chinese: what to tell them."""

PASS_ON = "请转告客户 {caller}："
DONE_ASK = "工单 {number} 已完工，请问客户 {caller} 是否修好。"
DONE_REPORT = "故障原因：{cause}\n处理措施：{remedy}"
DONE_HOW = "客户说修好了，回复：代客户验收 {number} 客户口头确认\n没修好，回复：不通过 {number} 原因"
COSTS = "工单 {number} 的费用是 {amount} 元，由客户支付。"
WHO_COMES = "工单 {number} 已接单，{name} 技师会上门处理{phone}，上门前会先打电话。"
WHO_COMES_PHONE = "（电话 {mobile}）"
CANCELLED = "工单 {number} 已取消{reason}。"
CANCELLED_REASON = "（{reason}）"
SAID = "{role} {speaker}（工单 {number}）说：\n{text}"
SENT = "{role} {speaker}（工单 {number}）发来："
ANSWER = "\n客户怎么说，直接回复我就会转给技师；也可以说：告诉技师 {number} 内容"
FOR_CALLER = {
    "departed": (("", "工单 {number}：{name} 技师已出发"), ("eta", "，预计 {eta} 到"), ("", "。")),
    "held_customer": (
        ("", "工单 {number} 暂停，等客户那边准备好。准备好后请回复：告诉技师 {number} 可以来了"),
    ),
    "held_part": (("", "工单 {number} 暂停，正在等配件，到后继续处理。"),),
    "held_approval": (("", "工单 {number} 暂停，正在等内部审批，批准后继续处理。"),),
    "held_third_party": (("", "工单 {number} 暂停，正在等第三方，有结果就继续处理。"),),
    "merged": (("", "工单 {number} 与 {into} 是同一件事，已合并到 {into} 一起处理。"),),
    "rejected": (("", "工单 {number} 验收不通过（{reason}）已记下，{name} 技师会继续处理。"),),
    "reopened": (("", "工单 {number} 已重新打开（{reason}），正在安排技师。"),),
    "left": (("", "已撤销与工单 {number} 的关联，报修会单独处理。"),),
    "amount_corrected": (("", "工单 {number} 的费用已更正：原来 {before} 元，现在由客户支付 {after} 元。"),),
}
"""News as parts; a part whose fact is missing is left out."""
