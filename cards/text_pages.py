"""What pages say when they cannot do what was asked."""

LINK_BROKEN = "这个链接无法打开。请回到聊天里重新点开最新的消息，或回复“帮助”。"
LINK_EXPIRED = "这个链接已过期。请回到聊天里发送“进度”或工单号，获取新的链接。"
LABEL_BROKEN = "这个二维码无法识别或已停用。请联系服务商，或在微信客服里直接说明故障。"
PAGE_NOT_FOUND = "没有找到这个页面。请回到聊天里重新点开链接。"
PAGE_FAILED = "系统出了点问题，您填写的内容还在。请稍后再点一次提交。"
PAGE_TOO_MANY = "操作太频繁了。请等 {seconds} 秒后再试。"
PAGE_TOO_LARGE = "内容太大了。请减少文字或换一张小于 10 MB 的照片再提交。"
PAGE_INVALID = "有几项没有填对，请按提示修改后再提交。"
PAGE_NOT_JSON = "提交的内容无法读取，请刷新页面后再试。"
PAGE_FOREIGN = "这次提交不是从本页面发出的，已拦下。请从聊天里重新打开链接。"
PAGE_KEY_MISSING = "提交缺少编号，请刷新页面后再试。"
PAGE_KEY_REUSED = "这次提交和之前的内容不一致，请刷新页面后再提交一次。"
SDK_NONE = "这个聊天工具没有接入，请手工输入，或者不带定位继续。"
SDK_FOREIGN = "这不是本页面的地址，请从聊天里重新打开链接后再试。"
SDK_UNAVAILABLE = "暂时连不上聊天平台，请手工输入，或者不带定位继续。"
PHOTO_NOT_IMAGE = "这个文件不是照片。请选择 JPG 或 PNG 格式的照片。"
PHOTO_HEIC = "这张照片是 HEIC 格式，无法处理。请在相机设置里改为“兼容性最佳”，或截图后再上传。"
PHOTO_EMPTY = "照片没有传上来，请重新选择后再试。"
PHOTO_AGAIN = "照片没有存好，请再传一次。"
FILE_GONE = "这个文件已经找不到了。请联系服务台补发。"
LOADING = "正在打开…"
NEEDS_SCRIPT = "请在微信、企业微信或钉钉里打开，并允许运行脚本。"
STATUS_SENT = "已转告技师，有回复会在聊天里通知您。"

# What is wrong with one field; see cards/page_words.py.
FIELD_MISSING = "请填写这一项。"
FIELD_TOO_LONG = "最多 {max_length} 个字，请删减后再提交。"
FIELD_TOO_MANY = "最多 {max_length} 项，请减少后再提交。"
FIELD_MOBILE = "请填 11 位手机号，例如：13800000021。"
FIELD_WRONG = "这一项填得不对，请检查后再提交。"

STEP_LABEL = {
    "reported": "已报修",
    "offered": "已派单",
    "accepted": "技师已接单",
    "departed": "已出发",
    "arrived": "已到达",
    "started": "处理中",
    "completed": "已完工",
    "signed_off": "已验收",
}
YOU = "您"

# Links to pages on cards.
PAGE_LABEL = "网页"
STATUS_PAGE = "查看维修进度"
SIGN_PAGE = "看报告，签字验收"
RATE_PAGE = "写评价"
NOTED = "已补充到工单，技师接单后会看到。"
HELD_NOW = "维修暂停：{reason}。恢复后会马上通知您。"
CANCELLED_NOW = "这张工单已取消。仍需维修，请重新报修。"
ACCEPT_IT = "验收并签字"
RATE_IT = "评价这次服务"

REPORTED = "报修已收到，工单号 {number}。技师接单后会与您联系，进展随时可以在这里查看。"
JOINED = "这台设备的同一故障已经报修过，工单号 {number}，现在是“{status}”。您说的情况已补充给维修人员，不用重复报修。"
WHEN_WISHED = "希望上门时间：{when}"

SIGNED = "已验收并签字，谢谢您。"
REJECTED = "已退回技师继续处理，处理好后会再请您验收。"
RATED = "感谢评价。"
RATED_LOW = "感谢评价，很抱歉没让您满意，我们会尽快与您联系。"
SIGNATURE_HOLDS = "{signer} 于 {at} 签字，对应服务报告第 {version} 版。"
SIGNATURE_VOID = (
    "服务报告在签字后改过（第 {before} 版 → 第 {version} 版），{signer} 于 {at} 的签字不再有效，请重新验收。"
)
NOT_DONE_YET = "工单 {number} 现在是“{status}”，还不用验收。完工后会通知您。"
PASSED, FAILED = "正常", "不合格"
PAPERS = "工单 {number} 的{titles}，点开可查看、打印或转发：\n{url}"
