"""What people read on the pages for staff, in Chinese."""

BOARD_TITLE = "工单看板"
BOARD_WINDOW = "{day} {period}"
BOARD_REASON = "{name} 指定"
BOARD_LABEL = "网页"
BOARD_LINK = "打开网页看板（当天有效）"
BOARD_GONE = "没有这张工单，它可能刚被合并。"

TASK_TITLE = "审批"
TASK_LINK = "审批页"
TASK_LINK_TEXT = "附件、意见和全部过程"
TASK_MODE = {
    "all": "会签：每个人都要同意",
    "any": "或签：一个人同意即可",
    "vote": "票签：满 {needs} 票通过",
    "sequence": "依次审批：一个接一个",
}
TASK_SEAT_OPEN = "待审批"
TASK_BACK_TO = {"initiator": "申请人", "previous": "上一步"}
TASK_ELSEWHERE = "转交、加签请在聊天里回复，例如：转交 {number} 姓名。"
TASK_BACK_ELSEWHERE = "改好后请在聊天里回复：重新提交 {number} 金额 原因；不需要了请回复：撤回 {number}"

STORE_TITLE = "仓库"
STORE_LINK = "仓库页"
STORE_LINK_TEXT = "扫码拣货、入库、盘点"
STORE_BIN = "{name}（{quantity}）"
