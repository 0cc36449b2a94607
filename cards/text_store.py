"""What storekeepers, buyers and managers read, in Chinese."""

# Which one is meant.
REQUEST_NAME, PURCHASE_NAME, COUNT_NAME, OLD_NAME = "领料单", "采购单", "盘点单", "旧件"
NO_DOCUMENT = "没有找到{what}{named}，没有做任何改动。回复“待出库”“采购单”或“旧件”可查看编号。"
OTHER_KIND = "{number} 是{kind}，不是{what}，没有做任何改动。可回复：{words}"
WHICH_DOCUMENT = "有 {count} 张{what}，请选一张再说一次：\n{lines}"
WHICH_LINE = "· {words}"
WHICH_LINE_ABOUT = "（{about}）"
SEVERAL_PARTS = "“{text}”可能是下面几种备件，没有做任何改动。请用编码再说一次，例如 {example}：\n{lines}"
SEVERAL_PARTS_LINE = "· {code} {name}{spec}"
PLACE_NEEDED = "请写明仓库（{places}），没有做任何改动。例如：{example}"
PLACE_FOR_COUNT = "请写明要盘点的仓库或库位（{places}），例如：盘点 {example}"

# Scanning.
SCAN_NONE = "照片里没有找到条码或二维码。请靠近一些、拍清楚整个条码再发一次，或直接输入编码。"
SCAN_UNREADABLE = "这张照片打不开（支持 JPG、PNG、WebP），没有做任何改动。请换一张，或直接输入编码。"
SCAN_OVER = "照片里的条码是 {codes}，但现在没有进行中的出库、入库或盘点，没有做任何改动。请先回复“出库”“入库”或“盘点”加编号。"
CODES_READ = "照片里的条码是 {codes}，其中“{unknown}”不是已知的备件或序列号，没有做任何改动。请核对标签，或直接输入编码。"

# Issuing.
ALL_AT_ONCE = "全部出库"
ALL_WORDS = frozenset({"全部", ALL_AT_ONCE, "都出", "所有"})
ISSUED = "{number} 已全部出库：{lines}。交接单 {transfer} 等 {receiver} 收下，没有收下之前算在途。"
ISSUED_PART = (
    "{number} 已出库：{lines}，还没有出齐。交接单 {transfer} 等 {receiver} 收下；继续请回复：出库 {number}"
)
SERIALS_FIRST = (
    "{parts} 要登记序列号或批次，不能一次全部出库，没有出库。请回复“出库 {number}”，再扫码或输入号码。"
)
LACKS = "仓库里缺 {missing}，不能全部出库。{some}缺的请先采购或从别处调拨，到货后再出。"
LACKS_SOME = "先出有的，请回复：出库 {number} {lines}\n"
SERIAL_NEEDED = "{name} 按序列号管理，请扫序列号或输入，例如“{code} SN001”。本仓有：{lots}"
BATCH_NEEDED = "{name} 按批次管理，请带上批次和数量，例如“{code} 批次 B1 ×2”。本仓有：{lots}"
LOT_TWICE = "{lot} 已经扫过了，没有重复登记。"
LINE_TAKEN_BACK = "已撤销 {line}"
NOTHING_TO_TAKE_BACK = "还没有扫过任何一件，不用撤销。"
NOTHING_PICKED = "{number} 还没有扫过任何一件，没有出库。请先扫码或输入编码，或回复：出库 {number} 全部"
NO_TASK = "这次出库已经结束或被别的任务替换，没有做任何改动。请回复“待出库”查看还要出的单。"
PICK_STOPPED = "好的，{number} 没有出库。需要时回复：出库 {number}"
PICKING_TITLE = "出库 {number}"
PICKING_STATUS = {"none": "等待拣货", "some": "正在拣货", "complete": "已拣齐"}
PICKING_LABELS = {"technician": "领料人", "order": "工单", "place": "仓库"}
PICKING_LINE = "{mark} {name}{spec}：要 {wanted}{unit}，已拣 {picked}{unit}{lots}"
PICKING_LOTS = "（{lots}）"
PICKING_LOTS_HERE = "（本仓：{lots}）"
PICKING_LAST = "刚登记：{line}。"
PICKING_HOW = "请扫码（发条码照片）或输入“编码 ×数量”、序列号；扫错了回复“撤销”，拣完回复“出完”。"
PICKING_READY = "都拣齐了，请点“确认出库”，或回复“出完”。扫错了回复“撤销”。"
PICK_DONE_LABEL, PICK_DONE_WORDS = "确认出库", "出完"
PICK_ALL_LABEL, PICK_ALL_WORDS = "全部出库", "出库 {number} 全部"

# Receiving.
RECEIPT_NUMBER = (
    "入库 {number}：{name} 还差 {left}{unit}。请直接回复到货数量，例如 10；这次单价不同可写“10 单价 12.5”。"
)
RECEIPT_BATCH = (
    "入库 {number}：{name} 还差 {left}{unit}，按批次管理。请回复“数量 批次 批号”，例如：10 批次 B20261130"
)
RECEIPT_SERIALS = "入库 {number}：{name} 还差 {left}{unit}，按序列号管理。请逐个扫码（发条码照片）或输入序列号，完成后回复“入完”。"
SCANNED_SO_FAR = (
    "{number} {name} 已扫 {count} 个：{lots}；还差 {left}{unit}。扫错了回复“撤销”，完成后回复“入完”。"
)
OTHER_PART = "这是 {name}，{number} 采购的是 {wanted}，没有登记。请核对实物。"
NOTHING_RECEIVED = "{number} 还没有登记到货，没有入库。请先回复数量或扫序列号。"
RECEIPT_STOPPED = "好的，{number} 没有入库。需要时回复：入库 {number}"
RECEIVED = "{number} 已入库 {lines}，放在{place}，全部到齐。"
RECEIVED_PART = "{number} 已入库 {lines}，放在{place}，还差 {left}{unit}。"

# Counting.
COUNT_STARTED = "盘点 {number} 已开始：{place}，账面已锁定留底。请逐项回复“编码 数量”（例如 6204 18），序列号逐个扫码；没有的写 0。随时可回复：还差、盘点完成、取消盘点。"
COUNT_GOES_ON = "继续盘点 {number}（{place}），已录 {entered}/{total} 项。请接着回复“编码 数量”或扫码；录完回复“盘点完成”。"
COUNTED = "已记 {lines}（{entered}/{total} 项）。报错了直接再报一次，以最后一次为准。"
COUNT_ASKS = "{entered}{name} 一共有几个？请直接回复数量，没有就回复 0。"
COUNT_ASKS_LOT = (
    "{name} 要按序列号或批次盘点，请扫序列号，或输入“编码 批次 批号 数量”；一个都没有请写“编码 0”。"
)
COUNT_CORRECT = "刚才记的是 {line}。报错了请直接再报一次正确的数量，例如：{words}，以最后一次为准。"
COUNT_CORRECT_NONE = "还没有录入任何数量，不用撤销。"
COUNT_PAUSED = "好的，先停在这里，盘点 {number} 仍在进行。继续请回复：盘点 {number}"
COUNT_SUBMITTED = "盘点 {number} 已提交，结果和差异见盘点卡片。有差异要等审批通过才会过账。"
COUNT_CANCELLED = "盘点 {number} 已取消，账面没有任何改动。"
COUNT_LEFT = "盘点 {number} 已录 {entered}/{total} 项，还没有录入的：\n{missing}"
COUNT_TITLE = {
    "counting": "盘点 {number}",
    "submitted": "盘点 {number} · 待审批",
    "posted": "盘点 {number} · 已过账",
    "refused": "盘点 {number} · 未通过",
    "cancelled": "盘点 {number} · 已取消",
}
COUNT_STATUS = {
    "counting": "进行中",
    "submitted": "待审批",
    "posted": "已过账",
    "refused": "未通过，没有过账",
    "cancelled": "已取消，没有过账",
}
COUNT_LABELS = {
    "place": "仓库",
    "who": "盘点人",
    "since": "开始",
    "entered": "已录",
    "lines": "差异",
    "value": "差异金额",
}
COUNT_ENTERED = "{entered}/{total} 项"
COUNT_LAST = "最近：{last}"
COUNT_LINE = "{name}{lot}：账面 {booked}，实盘 {counted}，{difference}{unit}（{value} 元）"
COUNT_MORE = "另有 {count} 项差异没有列出"
COUNT_NO_DIFFERENCE = "没有差异"
COUNT_HINT = {
    "counting": "盘点时不显示账面数量。回复“编码 数量”或扫码录入；报错了再报一次即可。",
    "submitted": "差异审批通过后才会过账，这期间可照常出入库。",
    "posted": "差异已经记入库存账。",
    "refused": "没有过账。请核对实物后重新盘点。",
    "cancelled": "账面没有任何改动。",
}
COUNT_DONE_LABEL, COUNT_DONE_WORDS = "盘点完成", "盘点完成 {number}"
COUNT_LEFT_LABEL, COUNT_LEFT_WORDS = "还差什么", "还差"

# Buying.
BOUGHT = {
    "approving": "采购申请 {number} 已提交：{line}，到{place}，等审批。回复“采购单”可查看进度。",
    "approved": "采购 {number} 已通过：{line}，到{place}。下单后请回复：已下单 {number} 到货日期",
}
ORDERED = "{number} 已登记下单：{line}，预计 {day} 到货{supplier}{record}。{unknown}到货后请回复：入库 {number} 数量"
PURCHASE_ENDED = "采购 {number} 已结束，还没有到的 {line} 不再等了（{reason}）。"
RULE_SET = "已设置：{place}的 {name} 少于 {below}{unit} 时提醒，并自动申请采购 {order}{unit}。"
RULE_SET_ALERT = "已设置：{place}的 {name} 少于 {below}{unit} 时提醒。要自动申请采购，请加“补 数量”。"
RULE_ENDED = "已取消{place}的 {name} 的安全库存，不再提醒。"
PURCHASE_TITLE = "采购 {number} · {name} ×{quantity}"
PURCHASE_STATUS = {
    "approving": "待审批",
    "approved": "待下单",
    "ordered": "已下单，等到货",
    "done": "已结束",
    "refused": "未通过",
    "cancelled": "已取消",
}
PURCHASE_LATE = "已下单，逾期未到"
PURCHASE_LABELS = {
    "part": "备件",
    "place": "入库到",
    "received": "已到",
    "supplier": "供应商",
    "shipped": "已发货",
    "expected": "预计到货",
    "order": "等货工单",
    "who": "申请人",
    "reason": "原因",
    "price": "单价",
}
PURCHASE_RECEIVED = "{received}{unit}，还差 {missing}{unit}"
PURCHASE_HINT = {
    "approving": "审批通过后再下单。",
    "approved": "下单后请回复：已下单 {number} 到货日期 供应商",
    "ordered": "到货请回复：入库 {number} 数量；改期请回复：已下单 {number} 新日期",
}
RECEIVED_LABEL, RECEIVED_WORDS = "全部到货", "入库 {number} {missing}"

# Moving.
TRANSFERRED = "调拨 {number} 已发出：{lines}，从{source}到{target}，等{receiver}收下，没有收下之前算在途。"
SCRAPPED = "已报废 {line}（{place}），原因：{reason}。"
ADJUSTED = "已调整：{place}的 {name} {change}{unit}，现在账面 {stands}{unit}。"
OLD_TAKEN = "旧件 {number} 已收回：{line}。送修请回复：送修 {number}；不修请回复：报废旧件 {number}"
OLD_WAIVED = "旧件 {number} 不用还了：{line}（{reason}）。"
OLD_SENT = "旧件 {number} 已送修：{line}。修好请回复：修好 {number} 到 仓库；修不好请回复：报废旧件 {number}"
OLD_REPAIRED = "旧件 {number} 已修好，{line} 已入{place}，可以再用。"
OLD_SCRAPPED = "旧件 {number} 已报废：{line}。"

STORE_HELP = (
    "\n· 待出库，出库 编号（再扫码或输入 编码 ×数量，最后“出完”），出库 编号 全部\n"
    "· 入库 采购编号 数量，盘点 仓库，盘点完成\n· 调拨 编码 ×数量 从 仓库 到 仓库，报废 编码 ×数量 原因\n"
    "· 采购 编码 ×数量 到 仓库，已下单 编号 日期，采购单，结束采购 编号 原因\n"
    "· 供应商（准时率），供应商 名称，供应商发货 编号 数量 快递单号\n"
    "· 收旧件、免还、送修、修好、报废旧件 编号\n· 安全库存 编码 数量 补 数量，调整 编码 +2 原因（主管）"
)
