"""What stands on printed documents, in Chinese."""

from domain.policies.documents import ChargeKind

FIELD_LABELS = {
    "number": "单据编号",
    "work_order_number": "工单号",
    "version": "版本",
    "sha256": "内容校验码",
    "issued_at": "出具时间",
    "customer": "客户",
    "contact": "联系人",
    "mobile": "联系电话",
    "site": "服务地址",
    "asset": "设备",
    "model": "型号",
    "serial": "序列号",
    "warranty": "保修情况",
    "order_type": "服务类型",
    "technician": "负责技师",
    "remarks": "备注",
    "company": "服务单位",
    "company_phone": "服务电话",
    "company_address": "单位地址",
    "total": "合计",
}
REPORT_LABELS = {"fault": "故障现象", "cause": "故障原因", "measures": "处理措施", "hours": "工时"}
SETTLEMENT_LABELS = {"completed_at": "完工时间"}

COLUMN_LABELS = {
    "charges": {
        "no": "序号",
        "kind": "类别",
        "number": "编码",
        "name": "名称",
        "quantity": "数量",
        "unit": "单位",
        "price": "单价",
        "amount": "金额",
        "payer": "承担方",
    },
    "checks": {"no": "序号", "label": "检查项目", "result": "结果", "remark": "说明"},
    "steps": {"label": "环节", "at": "时间", "note": "说明"},
}
TOTAL_LABELS = {
    "parts": "备件小计",
    "labour": "人工小计",
    "fees": "费用小计",
    "total": "合计",
    "capital": "合计（大写）",
    "due": "客户应付",
}
KIND_LABEL = {ChargeKind.PART: "备件", ChargeKind.LABOUR: "人工", ChargeKind.FEE: "费用"}
DOCUMENT_PAYER = {
    "customer": "客户承担",
    "contract": "合同承担",
    "warranty": "保修承担",
    "goodwill": "公司承担",
    None: "承担方待定",
}
PASSED = {True: "合格", False: "不合格", None: "—"}
HOURS = "{hours} 小时"
INCLUDED = "已含"
"""Where a line has no price of its own, because only a total was settled."""
VERSION = "第 {version} 版"
NO_LINES = "（无）"
EMPTY = "—"
CUT = "…（全文见表后）"
IN_FULL = "第 {no} 行 {label}：{text}"

PAGE = "第 {page} 页 / 共 {pages} 页"
FOOT = "{number}　第 {version} 版　内容校验码 {sha256}　出具于 {issued_at}"
NUMBER_LINE = "编号：{number}{gap}{version}{gap}出具时间：{issued_at}"
GAP = "\u00a0" * 4
"""Several ordinary spaces would become one."""
PHONE = "服务电话：{phone}"
NOT_A_PICTURE = "图片无法显示"
PHOTO_NUMBER = "图 {no}"
MORE_PHOTOS = "另有 {count} 张照片没有打印，可扫码查看。"
NOT_IN_FONT = "“〓”代替字库中没有的字：{codes}。"
MORE_CODES = "{codes} 等 {count} 个"

SIGN_NAME = "签字人"
SIGN_TIME = "签字时间"
SIGN_OF = "所签版本"
SIGN_HASH = "内容校验码"
SIGN_HERE = "客户签字："
SIGN_DATE = "日期：　　　　年　　　月　　　日"
SIGNATURE_INVALID = "签名已失效：报告在签名后被修改"

TEMPLATE_REFUSED = "打印模板不能用：{findings}。请修改后再试。"
TEMPLATE_UNKNOWN = "{where} 没有“{name}”，可用的有：{known}"
LABELS_TOO_LARGE = "{where}：标签放不下，一共要 {needed} 毫米，A4 纸只有 {paper} 毫米"
TEMPLATE_TOO_WIDE = "{where} 的各列一共 {width} 毫米，纸上只有 {paper} 毫米"

LABEL_SERIAL = "序列号 {serial}"
LABELS_TITLE = "设备二维码标签"
