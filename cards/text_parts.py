"""What people read about parts, in Chinese."""

# One part, everywhere.
STOCK_TITLE = "{part}"
STOCK_FREE = "可用 {free} {unit}"
STOCK_NONE = "没有现货"
STOCK_LOW = "{free}，低于安全库存"
OWN_VAN = "您的车"
NEAR_VANS = "附近同事"
BRANCHES = "分库"
CENTRE = "中心库"
FAR_VANS = "其他同事"
REPAIRING = "维修中"
IN_TRANSIT = "交接途中"
ON_ORDER = "采购在途"
SUBSTITUTES = "可替代"
SPEC = "规格"
MODELS = "适用型号"
PRICE = "目录单价"
VALUE = "库存金额"
AT_PLACE = "{place} {quantity} {unit}"
AT_VAN = "{keeper} {quantity} {unit}"
RESERVED = "（已预留 {reserved}）"
ORDERED = "{quantity} {unit}，预计 {day} 到货"
ORDERED_UNKNOWN = "{quantity} {unit}，到货日期待定"
YUAN = "{amount} 元"
STOCK_HINT = "要领用请回复：要配件 {code} ×1"
STOCK_OF_WHAT = "想查哪个备件？请带上编码或名称再说一次，例如：{word} 6204。看自己手上的请回复：我的车"

# Which part.
CHOICE_TITLE = "您说的是哪一种？"
CHOICE_FIELD = "{no}. {code}"
CHOICE_PART = "{name} {spec}"
CHOICE_FREE = "{part}（可用 {free} {unit}）"
CHOICE_HINT = "“{text}”对得上 {count} 种备件，请点一种，或回复序号 1～{count}；都不是请换个说法再试。"
CHOICE_GONE = (
    "这张选择卡片已经选过或过期，这次没有做任何改动。还要别的请带上编码再说一次，例如：要配件 6204 ×2"
)

# A request.
REQUEST_TITLE = "领料 {number}"
PICK_TITLE = "待出库 {number}"
REQUEST_STATE = {
    "approving": "等待审批",
    "picking": "等仓库出库",
    "issued": "已全部出库",
    "refused": "没有批准",
    "cancelled": "已取消",
    "closed": "已关闭",
}
PICK_STATE = {**REQUEST_STATE, "picking": "请备货出库"}
REQUEST_HINT = {
    "approving": "备件已为您预留，批准后仓库就会备货。",
    "picking": "备件已为您预留，仓库出库后请在卡片上点“收下”。",
    "issued": "",
    "refused": "预留已释放。仍然需要请说明原因后重新申请。",
    "cancelled": "预留已释放，不用再处理。",
    "closed": "",
}
PICK_HINT = "备齐了点“全部出库”；只出一部分或要扫码，请回复：出库 {number} 编码 ×数量"
PICK_HINT_LOT = "请先回复：出库 {number}，再逐个扫码（发条码照片）或输入序列号、批次"
LABEL_PARTS = "备件"
LABEL_FOR = "领料人"
LABEL_ORDER = "工单"
LABEL_VAN_STOCK = "用途"
FOR_VAN = "备车"
LABEL_ASSET = "设备"
LABEL_PLACE = "仓库"
LABEL_STATE = "状态"
LABEL_ASKED = "等谁审批"
LABEL_REASON = "原因"
LABEL_ASKED_AT = "申请时间"
LABEL_LOTS = "可选序列号/批次"
DONE_OF = "{line}（已出 {done}）"
REQUEST_BUTTONS = {"issue": ("全部出库", "出库 {number} 全部"), "cancel": ("取消领料", "取消领料 {number}")}

# A hand-over.
HAND_OVER_TITLE = {
    "issue": "领料交接 {number}",
    "return": "退料 {number}",
    "hand_over": "配件转交 {number}",
    "transfer": "调拨 {number}",
    "old": "旧件交接 {number}",
}
HAND_OVER_STATE = {
    "offered": "等 {receiver} 收下",
    "taken": "{receiver} 已收下",
    "refused": "{receiver} 已拒收，已退回 {sender}",
    "expired": "超时没有收下，已退回 {sender}",
    "recalled": "{sender} 已撤回",
}
TO_TAKE = "等您收下"
LABEL_WAY = "从 → 到"
WAY = "{source} → {target}"
SIDE = "{name}（{place}）"
LABEL_BACK = "自动退回"
BACK_AT = "{time} 前不收下，就退回 {sender}"
TAKE_HINT = "请当面点清再点“收下”，收下后由您保管；数量不对请点“拒收”。"
RECALL_HINT = "对方收下前，备件仍算在您名下。"
ISSUED_BACK_HINT = "这张领料已结束。仍要用，请领料人再回复：{again}"
HAND_OVER_BUTTONS = {
    "take": ("收下", "收下 {number}"),
    "refuse": ("拒收", "拒收 {number} 原因"),
    "recall": ("撤回", "撤回交接 {number}"),
}
ENDED_AT = "{state}，{time}"

# 我的车.
HOLDER_TITLE = "【{holder}名下的备件】"
HOLDER_EMPTY = "车上没有备件。"
HOLDER_MORE = "还有 {count} 种没有列出，可回复“库存 编码”查看。"
HOLDER_COMING = "等您收下（回复：收下 编号）："
HOLDER_LEAVING = "您发出、对方还没收下："
HOLDER_OLD = "要还的旧件（回复：还旧件 编号）："
HOLDER_HOW = "用掉请回复：用料 编码 ×数量；没用上请回复：退料 编码 ×数量"
LINE = "· {line}"
LOT_LINE = "{line}（{lots}）"
LOTS_MORE = "{lots} 等 {count} 件"

# 谁拿着.
PIECE_TITLE = "【{part}｜{lot}】"
PIECE_IN_ASSET = "已装在 {asset} 上。"
PIECE_GONE = "已不在库存里。"
PIECE_HERE = "现在在：{where}"
PIECE_MOVES = "去向（最近的在前）："
PIECE_MOVE = "· {time} {from_place} → {to_place}，{reason}{who}{order}"
PIECE_WHO = "，{who}"
PIECE_ORDER = "，{number}"
LOT_UNKNOWN = "没有查到序列号或批次“{lot}”。请核对标签后再试。"
WHO_HAS_WHAT = "想查哪一件？请带上序列号或编码，例如：{word} SN12345"
REASON_LABEL = {
    "opening": "期初",
    "purchase": "采购入库",
    "issue": "领料出库",
    "return": "退料",
    "hand_over": "转交",
    "transfer": "调拨",
    "use": "核销",
    "unuse": "撤回核销",
    "count": "盘点",
    "adjust": "调整",
    "scrap": "报废",
    "old": "旧件",
    "repair": "维修",
}

# 低库存.
LOW_TITLE = "【低库存】低于安全库存的备件："
LOW_NONE = "现在没有低于安全库存的备件。"
LOW_LINE = "· {part}：{place} {quantity} {unit}（安全库存 {below}）{purchase}"
LOW_PURCHASE = "，已申请采购 {number}"
LOW_NO_PURCHASE = "，还没有采购"
MORE = "还有 {count} 项没有列出。"

# Lists of documents.
LIST_TITLE = {
    "picks": "【待出库】",
    "transit": "【在途配件】还没有人收下的交接：",
    "requests": "【领料单】",
    "purchases": "【采购单】",
    "old": "【旧件】还没有还回的：",
    "counts": "【盘点】",
}
LIST_NONE = {
    "picks": "现在没有等着出库的领料。",
    "transit": "现在没有在途的配件。",
    "requests": "您还没有领过备件。要领用请回复，例如：要配件 轴承 6204 ×2",
    "purchases": "现在没有采购单。",
    "old": "没有要还的旧件。",
    "counts": "现在没有进行中的盘点。",
}
LIST_STATE = {
    **REQUEST_STATE,
    "picks": "待出库",
    "offered": "等对方收下",
    "owed": "未还",
    "overdue": "已逾期未还",
    "sent": "已送出，等仓库收",
    "approved": "待下单",
    "ordered": "已下单",
    "done": "已完成",
    "counting": "盘点中",
    "submitted": "等审批",
}
LIST_LINE = "· {number} {text}\n  {state}{since}{due}{words}"
LIST_SINCE = "，{time} 起"
LIST_DUE = {"old": "，{day} 前归还", "purchases": "，预计 {day} 到货"}
LIST_WORDS = "，可回复：{words}"

# News.
NEWS = {
    "refused": "领料 {number} 没有批准{by}{text}。预留已释放：{parts}。",
    "cancelled": "领料 {number} 已取消{by}{why}。预留已释放：{parts}。",
    "expired": "{parts} 的预留到期，已释放（{place}）。仍然需要请回复：{again}",
    "written_off": "已核销到工单 {order}：{parts}。没有用上请回复：{undo}",
    "return_these": "工单 {order}{why}，这些备件还在您名下，请退回：{parts}。可回复：{again}",
    "return_taken": "退料 {number} 已由 {by} 收下，入{place}：{parts}。",
    "old_owed": "换下的旧件要还回仓库：{parts}（工单 {order}），{due}前归还。交回时请回复：还旧件 {number}",
    "old_overdue": "旧件 {number} 已逾期 {days} 天没有归还：{parts}（工单 {order}）。交回时请回复：还旧件 {number}",
    "old_back": "旧件 {number} 已由 {by} 收到，不用再还：{parts}。",
    "old_waived": "旧件 {number} 不用还了：{parts}。{by}说明：{reason}",
    "pick_again": "备货提醒：领料 {number}（{technician}）还没有出库：{parts}，在{place}，预留到 {until}。请回复：出库 {number}",
    "old_sent": "{technician} 送回旧件 {number} 到{place}：{parts}。收到请回复：收旧件 {number}",
    "refusal": "{receiver}说明了拒收 {number} 的原因{text}。配件已退回您处：{parts}。",
    "on_the_way": "调拨 {number} 从{from}到{to}，{since} 发出后还没有人收下：{parts}。请双方核对。收到请回复：收下 {number}",
    "old_overdue_boss": "{technician} 的旧件 {number} 已逾期 {days} 天没有归还：{parts}（工单 {order}，应在 {due}前归还）。",
    "purchase_to_order": "采购 {number} 已批准，还没有下单：{parts}，入{place}{supplier}。下单后请回复：已下单 {number} 预计到货日期",
    "purchase_late": "采购 {number} 应在 {expected} 到货，还没有收到：{parts}，入{place}{supplier}。请催供应商；改期请回复：改交期 {number} 新日期",
    "supplier_moves": "{from}改了到货日期：采购 {number} {parts}，从 {before} 改为 {expected}，入{place}{job}。不能接受请联系供应商。",
    "supplier_agrees": "{from}确认了到货日期：采购 {number} {parts}，{expected} 到货，入{place}{job}。",
    "shipped": "{from}已发货：采购 {number} {parts}，{shipment}，预计 {expected} 到货，入{place}{job}。到货后请仓管员回复：入库 {number} 数量",
    "purchase_off": "工单 {order} 等的采购 {number} 不再进行{reason}：{parts}。请改用替代件或联系仓管员。",
    "arrived": "工单 {order} 等的备件到了：{parts}，在{place}{kept}。{waits}",
    "count_left": "盘点 {number}（{place}）有差异没有入账，因为这些备件盘点后已经动过：{parts}。请重新盘点这几项。",
    "count_freed": "盘点发现{place}没有这么多：{parts}，为领料{number}{order}留的数量已减少。请改从别处领用，或联系仓管员。",
}
LOW_NEWS_TITLE = "低库存：{part}"
REFILLED_TITLE = "库存已补足：{part}"
LOW_NEWS_STATUS = "剩 {quantity} {unit}"
LABEL_LEFT = "现有"
LABEL_SAFE = "安全库存"
LABEL_BUYING = "采购"
BUYING = "已自动申请采购 {order} {unit}"
NOT_BUYING = "还没有采购"
LOW_NEWS_HINT = "要采购请回复：采购 {code} 数量"
NEWS_JOB = "，工单 {job} 在等"
NEWS_SUPPLIER = "（{supplier}）"
NEWS_REASON = "（{reason}）"
NEWS_KEPT = "，已为您预留 {kept}"
NEWS_NOT_KEPT = "，已被别的工单预留，可再要一次"
NEWS_AGAIN = "要领用请回复：{again}"
NEWS_WAITS = "还没有到齐。"
NEWS_NUMBER = " {number}"
NEWS_ORDER = "（工单 {number}）"
NEWS_BY = "，{by}"
NEWS_SAYING = "：{text}"
NEWS_WHY = "（{why}）"

# The conversation.
ASK_WHAT = "要什么配件？请回复名称或编码和数量，例如：轴承 6204 ×2。多个用逗号隔开。不要了请回复“算了”。"
ASK_WHAT_FOR = "工单 {number} 要什么配件？请回复名称或编码和数量，例如：轴承 6204 ×2。多个用逗号隔开。不要了请回复“算了”。"
ASK_AGAIN = "没有看到配件，没有申请。请回复名称或编码和数量，例如：轴承 6204 ×2，或回复“算了”。"
ASK_DROPPED = "好的，没有申请配件。"
NO_JOB_FOR_PARTS = "您手上没有进行中的工单，没有申请。给自己的车备货请回复：{again} 备车"
NOTHING_RESERVED = "您手上的工单没有预留的备件。要领用请回复，例如：要配件 轴承 6204 ×2"
USED = "已核销到工单 {number}：{parts}。没有用上请回复：{how}"
CANCEL_NONE = "您没有可以取消的领料。回复“领料单”可查看全部。"
CANCEL_WHICH = "您有 {count} 张没有出库的领料，没有取消。请说明是哪一张：\n{lines}"
CANCELLED = "已取消领料 {number}：{parts}。预留已释放。"
NOT_NUMBERED = "没有找到 {number}，没有做任何改动。请核对编号，或回复“在途配件”“领料单”查看。"
PLEASE_LINE = "· {words}（{about}）"
NOTHING_TO_TAKE = "现在没有等您收下的备件。回复“在途配件”可查看。"
NOTHING_TO_RECALL = "您没有发出后还没被收下的备件。"
WHICH_HAND_OVER = "有 {count} 笔交接都可以“{word}”，没有做任何改动。请说明是哪一笔：\n{lines}"
TAKEN = "已收下 {number}：{parts}，现在在{place}。"
REFUSED = "已拒收 {number}：{parts}，已退回 {sender}。"
REFUSED_WHY = "为什么没有收下？请直接回复原因，发出方会看到；不想写请回复“算了”。"
REFUSED_HOW = "要写明原因请回复：拒收 {number} 原因"
REFUSED_EXPLAINED = "已把拒收 {number} 的原因告诉 {sender}：{reason}"
REFUSED_SILENT = "好的，没有写原因。"
RECALLED = "已撤回 {number}：{parts}，仍在您名下。"
NO_STORE = "还没有可以退回的仓库，没有做任何改动。请联系管理员登记仓库。"
USE_WHAT = "请写明是哪个备件、几个，没有做任何改动，例如：{word} 6204 ×1"
TAKEN_BACK = "已从工单 {number} 撤回核销：{parts}，现在在您车上。要退回仓库请再回复：{again}"
NO_OLD_PARTS = "您没有要还的旧件。"
WHICH_OLD = "您有 {count} 件旧件要还，没有做任何改动。请说明是哪一件：\n{lines}"
OLD_LINE = "{part}，{due}前归还"
OLD_SENT = "已登记送还旧件 {number}：{part}，送到{place}。请交给仓管员，对方确认后结束。"
ASK_BUTTON = "要配件"
RESERVED_BUTTON = "领预留"

# 帮助.
PARTS_HELP = (
    "\n· 库存 名称或编码，谁拿着 序列号，我的车，在途配件，低库存，旧件"
    "\n· 收下、拒收、撤回交接 编号；转配件 姓名 配件 ×数量"
)
TECHNICIAN_PARTS_HELP = "\n· 要配件 轴承 6204 ×2（备车：后面加“备车”），领预留，取消领料，领料单\n· 用料 6204 ×1，退料 6204 ×1，还旧件 编号"
