"""What people read at the service desk, in groups and about registrations, in Chinese."""

MERGED_INTO = "工单 {number} 已合并到 {into}，双方的报修人都会收到后续进展。"
MERGE_TITLE = "合并 {number} 到 {into}？"
MERGE_DIFFERS = {"asset": "设备不同：{one} / {other}", "address": "地点不同：{one} / {other}"}
MERGE_HINT = "确认是同一件事再合并；不合并请回复“算了”。"
MERGE_ANYWAY = "仍要合并"
MERGE_WORDS = "合并 {number} 到 {into}"
MERGE_DROPPED = "好的，没有合并，两张工单照常处理。"
OFFERED_AGAIN = "工单 {number} 原来就派给 {name} 了，已再发一次卡片提醒，等待对方接单。"
PRIORITY_CHANGED = "工单 {number} 的优先级已改为 {priority}。"
TYPE_CHANGED = "工单 {number} 的类型已改为“{label}”。"
ESTIMATED = "已记下：工单 {number} 预计耗时 {span}。"
ASK_CANCEL_REASON = "要取消工单 {number}，请直接回复原因（例如：客户自己修好了）。回复“算了”可以不取消。"
CANCEL_REASON_AGAIN = "没有看到原因。请用文字回复为什么取消工单 {number}，或回复“算了”。"
CANCEL_DROPPED = "好的，没有取消。工单 {number} 照常处理。"

PICKER_TITLE = "为工单 {number} 选技师"
PICKER_HINT = "点选技师，或回复：派单 {number} 技师姓名"
NO_CANDIDATES = "现在没有可选的技师（不在岗、没有绑定账号，或不会所需技能）。"
PICK = "派给{name}"

POOL_TITLE = "工单池"
POOL_EMPTY = "没有符合条件的未完工单。"
POOL_NEXT = "下一页请回复：工单池 {wanted}{page}"
POOL_HOW = "可以筛选：工单池 未派｜超期｜投诉｜处理中｜客户名｜技师名"
POOL_OVERDUE = "，已超期"
POOL_DESK = "服务台"
FOR_MINUTES = "{count} 分钟"
FOR_HOURS = "{count} 小时"
FOR_DAYS = "{count} 天"

REGISTERED = "已登记，工单号 {number}。{told}"
TOLD_CUSTOMER = "客户会在自己的聊天里收到受理通知和后续进展。"
TOLD_AGENT = "客户还没有绑定聊天账号，后续进展会发给您，请转告客户。"
ASK_CALLER = "请告诉我来电人的手机号（11 位），也可以是车牌、设备序列号或客户名称；不登记请回复“算了”。"
ASK_CALLER_FAULT = "请说明哪台设备、出了什么问题，可以一并说预约时间；不登记请回复“算了”。"
REGISTER_TITLE = "登记确认"
REGISTER_HINT = "核对后点“确认登记”；要改请直接回复新的内容，例如：手机 13800000021、姓名 张敏、明天下午。"
REGISTER_NO_ADDRESS = "还没有，请问清后直接回复地址"
NOBODY_CALLED = "没有找到车牌或设备“{subject}”。"
REGISTER_SAME = "可能与工单 {number} 是同一故障（{fault}）。是同一个请点“并入”，来电人会收到它的进展；不是请点“仍要新建”。"
REGISTER_SAME_ENDED = "可能是工单 {number} 修过的故障又出现了（{fault}）。是同一个请点“重开”，让它接着处理；不是请点“仍要新建”。"
REGISTER_JOIN = "并入 {number}"
REGISTER_REOPEN = "重开 {number}"
REGISTER_ANEW = "仍要新建"
REGISTER_JOINED = "已并入工单 {number}，没有新建工单，来电内容已记在时间线上。{told}"
REGISTER_REOPENED = "已重开工单 {number}，没有新建工单，会重新派人处理。{told}"
REGISTER_DROPPED = "好的，没有登记。"
REGISTER_NOTHING = "没有等待确认的登记。请回复：登记 手机号 姓名 故障。"
NEW_CALLER = "新客户，登记时建档"

GROUP_TITLE = "群消息：{name}"
GROUP_STATE = {
    "open": "待确认",
    "order": "已建工单",
    "linked": "已关联工单",
    "not_a_request": "不是报修",
    "assigned": "已派单",
}
GROUP_HINT = {
    "open": "建工单后技师会收到派单；不是报修请点“不是报修”。",
    "order": "工单 {number} 已建，进展会私聊告知报修人。",
    "linked": "已关联到工单 {number}，进展会一并告知。",
    "not_a_request": "已记为“不是报修”。如果其实是报修，点一下即可建工单。",
    "assigned": "已把工单 {number} 派给 {technician}，等待接单。",
}
GROUP_LACKS = "还缺{what}，可以引用这条消息回复，或 @ 我说：补充 …"
GROUP_LACKING = {"asset": "设备", "address": "地址"}
GROUP_PICK_ASSET = "选设备"
GROUP_CHOOSE_ASSET = "请选择是哪台设备；都不是请 @ 我说：补充 设备名称。"
GROUP_NOTHING_TO_ADD = "没有可以补充的群消息，没有做任何改动。请 @ 我说明哪台设备、出了什么问题；补充请带上内容，例如：补充 地址 张江路 88 号。"
GROUP_REMINDER = "提醒：这条消息还没有处理，麻烦点一下；不是报修也请告诉我。"
GROUP_AT_DESK = "一直没有处理，已请服务台决定。"
GROUP_SAME = "可能与工单 {number} 是同一故障（{fault}）。是同一个请点“关联”，报修人会收到它的进展；不是请点“仍要新建”。"
GROUP_SAME_ENDED = "可能是工单 {number} 修过的故障又出现了（{fault}）。是同一个请点“重开”，让它接着处理；不是请点“仍要新建”。"
GROUP_ASK_ASSIGN = "把 {number} 派给 {technician}？"
GROUP_NOT_ASSIGNED = "好的，没有派单。"
GROUP_MAKE = "建工单"
GROUP_LINK = "关联到已有工单"
GROUP_DISMISS = "不是报修"
GROUP_AFTER_ALL = "其实是报修"
GROUP_ASSIGN = "派给{name}"
GROUP_NO = "不用"
GROUP_LINK_TO = "关联 {number}"
GROUP_BACK = "返回"
GROUP_CHOOSE_LINK = "请选择要关联到哪张未完工工单。"
GROUP_MADE = "已建工单 {number}，进展会私聊告知报修人。"
GROUP_LINKED = "已关联到工单 {number}。"
GROUP_DISMISSED = "已记为“不是报修”。"
GROUP_UNDONE = "群消息不是报修（{name} 更正）"
GROUP_WHICH_ORDER = "请带上工单号再说一次，例如：@技师 去看一下 WO-20260302-0007。"
GROUP_ASSIGN_REASON = "{name} 在群里指派"

API_ACCEPTED_LATER = "请求已保存，稍后处理。请用同一个 Idempotency-Key 重发以取得结果。"
API_INVALID = "请求内容不完整或格式不对，请按 fields 里的说明修改。"
API_NOT_JSON = "请求体必须是 JSON 对象，Content-Type 为 application/json。"
API_UNAUTHORIZED = "缺少或错误的 API 密钥。请在 Authorization 头里带上 Bearer 密钥。"
API_KEY_MISSING = "缺少 Idempotency-Key 请求头（1 到 100 个字母、数字、-、_、.、: 字符）。"
API_CONFLICT = "同一个 Idempotency-Key 已用于另一份内容。新的内容请换一个新的 Idempotency-Key。"
API_TOO_MANY = "请求太频繁，请按 Retry-After 稍后再试。"
API_TOO_LARGE = "请求体超过 64 KB。"
API_OTHER_KEY = "这个密钥不能用于这个地址。报修和供应商接口用不同的密钥，请联系管理员换一个密钥。"
API_SUPPLIER_UNKNOWN = "没有找到这个供应商，或这个密钥不能查看它。请核对供应商编码。"
API_PURCHASE_UNKNOWN = "没有找到这张采购单，或它不是向您下的单。请核对采购编号。"
API_PAGE = "limit 必须是 1 到 100 的整数，请修改后重试。"
API_NOT_FOUND = "没有找到这张工单，或它不是用这个密钥登记的。"
API_METHOD = "这个地址不支持这种请求方法。"
API_FAILED = "暂时无法处理，什么都没有登记。请稍后用同一个 Idempotency-Key 重发。"
