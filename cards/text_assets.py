"""What people read about customers, contracts and machines, in Chinese."""

from domain.assets.entitlement import Reason

ATTEMPT_LABEL = {
    "report": "处理",
    "note": "备注",
    "held": "挂起",
    "rejected": "客户驳回",
    "reopened": "重新打开",
}
ENTITLEMENT = {
    Reason.WARRANTY: "保修期内，到 {until} 止",
    Reason.CONTRACT: "不在保修期，由合同 {number} {name} 承担（{included}），到 {until} 止",
    Reason.WARRANTY_EXPIRED: "已过保修（{until} 到期），没有合同，费用由客户承担",
    Reason.CONTRACT_EXPIRED: "没有保修，合同已于 {until} 到期，费用由客户承担",
    Reason.WARRANTY_UNKNOWN: "没有登记保修日期，也没有合同，请先核实",
    Reason.ASSET_UNKNOWN: "还不知道是哪台设备，没有覆盖全部设备的合同，请先核实",
}
CONTRACT_TOO = "；另有合同 {number} {name}"
SLA_LEVEL = "；时限级别：{level}"
INCLUDED = {"parts": "备件", "labour": "人工", "travel": "上门"}
NOTHING_INCLUDED = "不含备件、人工、上门"
INCLUDES = "含{what}"

INSTALLED = "{day} 装上（{number}）"
REMOVED = "{day} 装上，{until} 换下"
NONE_YET = "暂无记录"
MORE_ORDERS = "……还有更早的工单"
MORE_ASSETS = "……共 {count} 台"
OUT_OF_WARRANTY = "已过保修"
NO_WARRANTY_DATE = "未登记保修"
IN_WARRANTY = "保修到 {until}"
CONTRACT_ENDED = "已到期"
RATED = "{average:.1f} 分（{answers} 次评价）"
NOT_RATED = "暂无评价"
TIMES = "{count} 次"
CHARGED = "已结算 {amount} 元"
LEVEL_CHANGE = "{day} {before} → {after}：{reason}{by}"
FIXED = "{finished} 次维修中 {fixed} 次（重复故障 {repeats} 次）"
NO_LEVEL = "未定级"

NOTHING_FOUND = (
    "没有找到“{text}”。可以查手机号、车牌、设备序列号、客户名称或工单号，例如：查 13800000021；请核对后再试。"
)
CONFIRM_MERGE_CUSTOMERS = (
    "要把客户“{double}”合并到“{survivor}”：联系人、设备、合同和工单都会转到“{survivor}”，"
    "“{double}”只作为历史保留，合并后不能撤回。\n确定请回复“确认合并”，不合并请回复“算了”。"
)
CONFIRM_MERGE_ASSETS = (
    "要把设备“{double}”合并到“{survivor}”：维修记录和合同都会转到“{survivor}”，"
    "“{double}”只作为历史保留，合并后不能撤回。\n确定请回复“确认合并”，不合并请回复“算了”。"
)
MERGED = "已合并：“{double}”的资料和记录现在都在“{survivor}”下。"
NOTHING_TO_CONFIRM = (
    "现在没有等您确认的合并。需要合并请说：合并客户 名称 到 名称，或 合并设备 序列号 到 序列号。"
)
MERGE_DROPPED = "好的，没有合并，没有做任何改动。"
LEVEL_CHANGED = "客户“{name}”的级别已改为“{level}”。"

LABEL_IS = "设备“{asset}”（{serial}）的报修二维码地址：\n{url}\n扫码即可报修，不用登录。丢失或被撕走时，请回复：换二维码 {serial}。"
LABEL_REPLACED = "设备“{asset}”（{serial}）的旧二维码已停用，新的地址：\n{url}\n请尽快换掉设备上的旧标签。"
LABEL_ENDED = "设备“{asset}”（{serial}）的二维码已停用，扫码不能再报修。要恢复，请回复：二维码 {serial}。"
