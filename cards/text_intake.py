"""Everything that is said while a request comes together."""

from domain.intake.data import Step

TITLE = {
    "repair": "报修",
    "complaint": "投诉",
    "claim": "理赔",
    "trace": "异常上报",
    "enquiry": "咨询",
    "maintenance": "保养",
    "installation": "安装",
    "inspection": "巡检",
    "return": "退换货",
}
SUMMARY_TITLE = "请确认您的{what}"
QUESTION_TITLE = "还差一点就好"
SAME_TITLE = "可能已经报修过了"
CHANGE_TITLE = "要改哪一项？"
REGISTERED_TITLE = "已登记"
AT_ONCE_TITLE = "已按紧急情况登记"
JOINED_TITLE = "已加入工单"
DROPPED_TITLE = "已取消，没有登记"
EXPIRED_TITLE = "还没有登记"
HANDED_OVER_TITLE = "已转人工"
STATE_LABEL = {
    "open": "整理中",
    "asking": "待补充",
    "summary": "待确认",
    "registered": "已登记",
    "joined": "已关联",
    "dropped": "已取消",
    "expired": "已过期",
    "handed_over": "已转人工",
}

ASK = {
    Step.FAULT.value: "请再说一下具体出了什么问题，例如：不制冷、一直报警、漏水。",
    Step.ASSET.value: "请问是哪台设备？点选或直接回复名称、编号都可以。",
    Step.ABOUT.value: "请问是关于哪张工单？",
    Step.WAYBILL.value: "请回复运单号；没有可以点“跳过”。",
    Step.ADDRESS.value: "请告诉我们上门地址，也可以直接发送位置。",
    Step.MOBILE.value: "请留一个联系电话，方便技师联系您。",
    Step.TIME.value: "请问什么时候方便上门？例如：明天下午、周五上午九点以后。",
    Step.CONTACT.value: "请问现场联系人怎么称呼？",
    Step.PLATE.value: "登记的车牌是 {known}，您说的是 {said}，以哪个为准？",
}
STILL_BROKEN_TITLE = "是这次没修好吗？"
STILL_BROKEN_BODY = "工单 {number} 已完工，正等您验收：\n{fault}"
STILL_BROKEN_HINT = "点“不通过”，原来的技师会带着您刚才的话继续处理；是别的问题就单独登记。"
NOT_MENDED = "不通过"
ANOTHER_FAULT = "是另外的问题"
NOTED = "已记下：{facts}。"
SHARED_FILES = "照片、语音没说是哪台的，每张工单都会附上。"
APART_DONE = "已分成 {count} 张，每个问题各建一张工单。没问题请回复“确认报修”。"
APART_IMPOSSIBLE = "目前只听出一个问题，分不开。请把另一台设备的故障单独发一条，例如：2 号冷库结霜。"
ASK_ABOUT = "关于“{about}”："
UNKNOWN_SERIAL = "没有找到编号 {serial}，请选择设备。"
SAME_RUNNING = "可能与工单 {number} 是同一个问题：\n{fault}\n加入后不会重复派人，有进展会一并通知您。"
SAME_FINISHED = (
    "工单 {number} 刚修过类似的问题：\n{fault}\n如果还是这个问题，可以重新打开它，由原来的记录继续处理。"
)
PLACE_TITLE = "师傅去哪里？"
PLACE_ASK = "设备登记在{site}，您发的位置在{place}{distance}，师傅去哪里？"
PLACE_DISTANCE = "（相距约 {km} 公里）"
PLACE_NAMELESS = "另一个地方"
CHANGE_HINT = "点选要改的一项，或直接说，例如：地址改成张江路 99 号。"
SUMMARY_HINT = "没问题请点“确认报修”；要改直接说即可，例如：电话改成 13800000000。"
SUMMARY_HINT_SEVERAL = "共 {count} 个问题，确认后分别建 {count} 张工单；其实是一个问题请点“合成一张”。"
OVERFLOW = "内容较多，前面的都已记下；后面的文字请等技师联系时再补充。"
ELSEWHERE = "您在另一个聊天里还有一个没确认的报修。"
REMINDER = "提醒：这条报修还没有确认，没有登记。"
SUPERIOR_PROPOSED = "给您添麻烦了，非常抱歉。需要主管直接联系您，请点“请主管联系我”。"
SUPERIOR_CONFIRMED = "已请主管尽快联系您。"
DUE_NEXT = "随时回复“进度”可查看修到哪了。"
AT_ONCE_HINT = "情况紧急，没有等您确认就登记了，马上派人。弄错了请回复：取消 {number}；要补充直接说即可。"
AT_ONCE_NUMBER = "工单号"
"""Stands for one of several in the words that cancel."""
AT_ONCE_MISSING = {
    Step.ADDRESS.value: "请马上回复：具体位置（或直接发送位置）。",
    Step.MOBILE.value: "请马上回复：联系电话。",
}
JOINED_HINT = "如果不是同一个问题，回复：撤销关联 {number}"
EXPIRED_HINT = "一天没有确认，先不登记，已请服务台留意。需要登记请回复“确认报修”，或重新说一遍。"
DROPPED_HINT = "需要时直接描述故障即可重新报修。"

FIELD = {
    Step.FAULT.value: "故障",
    Step.ASSET.value: "设备",
    Step.ADDRESS.value: "地址",
    Step.MOBILE.value: "电话",
    Step.TIME.value: "时间",
    "site": "去设备登记的地址",
    "place": "去我发的位置",
    Step.CONTACT.value: "联系人",
    Step.PLATE.value: "车牌",
}
SKIP_LABEL = {
    Step.ASSET.value: "其他设备/不确定",
    Step.ABOUT.value: "不是某张工单",
    Step.DUPLICATE.value: "不是，单独报修",
    Step.CHANGE.value: "没有要改的",
    Step.PLATE.value: "按登记的",
}
SKIP = "跳过"
JOIN = "加入这个工单"
REOPEN = "还是这个问题"
CONFIRM = "确认报修"
CHANGE = "改一下"
DROP = "取消"
TOGETHER = "合成一张"
APART = "分开报修"
SUPERIOR = "请主管联系我"
NO_SUPERIOR = "不用了"
HUMAN = "转人工"
CONFIRM_CANCEL = "确认取消"
KEEP_ORDER = "不取消"
EXPEDITE_ORDER = "催一下"
CANCEL_ORDER = "取消报修"

DROPPED = "好的，已取消，没有登记。需要时直接描述故障即可。"
HUMAN_CALLED = "已转告服务台，您说的内容都带过去了，会有人尽快联系您。"
CONFIRM_FIRST = "好的。您的报修还没有登记，请看上面的卡片：没问题回复“确认报修”，要改直接说。"
NOTHING_TO_CONFIRM = "没有等您确认的报修。设备有问题请直接描述，例如：3 号冷库机组不制冷了。"
NOTHING_TO_CHANGE = "没有正在填写的报修。已登记的工单要补充，直接说即可，会转给技师。"
PHOTOS_KEPT = "已收到 {count} 张照片，确认报修后会一起交给技师。"
FILES_KEPT = "已收到 {count} 个附件，确认报修后会一起交给技师。"
RECEIPT_PHOTOS = "照片：{count} 张，已附在工单里"
OUTDATED = "内容有更新，请看最新的卡片再确认。"
ENDED_PRESS = {
    "registered": "这条报修已经登记，不用重复确认。回复“进度”可查看。",
    "joined": "这条报修已经加入工单，不用重复确认。回复“进度”可查看。",
    "dropped": "这条报修已经取消。需要时直接描述故障即可重新报修。",
    "expired": "这条报修已经过期。需要登记请回复“确认报修”，或重新说一遍。",
    "handed_over": "这条报修已经转人工，会有人联系您。",
}
URGED = "已为您催单：工单 {number} {progress}。{who}有进展会马上告诉您。"
URGED_WHO = "已提醒 {name}，"
URGED_NONE = "您目前没有未完成的工单。设备有问题请直接描述，马上为您登记。"
FAQ = "这个问题我还答不上来，怕说错耽误您。我能做的：报修、查进度、催单、取消工单；其他问题点“转人工”，服务台会回复您。"
FAQ_TITLE = "需要人工解答"
SUPERIOR_CALLED = "已请主管尽快联系您，工单 {number} 已提高优先级。"
SUPERIOR_CALLED_DRAFT = "已请主管尽快联系您。报修还请确认一下，这样能马上派人。"
SUPERIOR_DECLINED = "好的，有需要随时说“找主管”。"
ESCALATION_TITLE = "需要主管联系您吗？"
ESCALATION_BODY = (
    "给您添麻烦了，非常抱歉。工单 {number} 已把您的话转给处理人员；需要主管直接联系您，请点下面的按钮。"
)
CONFIRM_CANCEL_TITLE = "确定取消工单 {number}？"
CONFIRM_CANCEL_BODY = "工单现在是“{status}”。取消后不再上门，技师会马上收到通知；技师已出发的，可能产生的上门费用以服务台答复为准。"
CANCEL_KEPT = "好的，工单 {number} 继续处理。"
STAFF_REPORT_HINT = "要上报现场异常，请说：报修 情况说明（可带运单号、车牌），照片随后发。"

NEWS = {
    "expired": (
        ("", "有一条没有确认的报修，请留意，必要时联系客户登记。\n{name}"),
        ("customer", "（{customer}）"),
        ("mobile", " {mobile}"),
        ("", "说：\n{words}"),
    ),
    "handed_over": (
        ("", "客户 {name}"),
        ("customer", "（{customer}）"),
        ("mobile", " {mobile}"),
        ("", " 要找人工，请尽快联系。"),
        ("words", "\n客户说过：{words}"),
    ),
    "wants_human": (
        ("", "客户 {name}"),
        ("customer", "（{customer}）"),
        ("mobile", " {mobile}"),
        ("", " 要找人工：{text}\n请尽快与客户联系。"),
        ("orders", "\n未完工单：\n{orders}"),
        ("words", "\n正在填的报修：{words}"),
    ),
    "angry": (
        ("", "客户 {name}"),
        ("customer", "（{customer}）"),
        ("mobile", " {mobile}"),
        ("", " 语气不满，还没有工单，请留意，必要时主动联系。"),
        ("words", "\n客户说：{words}"),
    ),
    "escalated": (
        ("", "客户 {name}"),
        ("mobile", " {mobile}"),
        ("", " 不满意，本人要求主管联系，请尽快回电。"),
        ("number", "\n工单 {number}，优先级已提高一级。"),
        ("words", "\n客户说：{words}"),
    ),
    "expedited": (
        ("", "催单：客户 {name} 在催工单 {number}，请尽快处理并告知进展。"),
        ("words", "\n客户说：{words}"),
    ),
}
"""News as parts; a part whose fact is missing is left out."""
