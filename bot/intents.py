"""Words become a wish: command words first, then what is plainly no fault, then free text."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Wish(StrEnum):
    """What somebody wants, as far as words alone tell."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DEPART = "depart"
    ARRIVE = "arrive"
    START = "start"
    COMPLETE = "complete"
    HOLD = "hold"
    RESUME = "resume"
    REASSIGN = "reassign"
    AMEND = "amend"
    NOTE = "note"
    TELL_CUSTOMER = "tell_customer"
    TELL_TECHNICIAN = "tell_technician"
    OFFER = "offer"
    MERGE = "merge"
    PRIORITY = "priority"
    TYPE = "type"
    ESTIMATE = "estimate"
    REGISTER = "register"
    POOL = "pool"
    FIELD_BOARD = "field_board"
    TIMELINE = "timeline"
    PAPERS = "papers"
    LATENESS = "lateness"
    LATER = "later"
    MUTE = "mute"
    UNMUTE = "unmute"
    STATEMENT = "statement"
    DIGEST = "digest"
    SIGN_OFF = "sign_off"
    REJECT = "reject"
    RATE = "rate"
    SETTLE = "settle"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"
    LEAVE = "leave"
    CONFIRM = "confirm"
    CHANGE = "change"
    PROGRESS = "progress"
    EXPEDITE = "expedite"
    MY_JOBS = "my_jobs"
    HELP = "help"
    NEVER_MIND = "never_mind"
    GROUP_ID = "group_id"
    UNWANTED = "unwanted"
    HUMAN = "human"
    REPORT = "report"
    CHIT_CHAT = "chit_chat"
    EMPTY = "empty"
    FREE = "free"


@dataclass(frozen=True)
class Words:
    """One message, read.

    Args:
        number: a work-order number in its written form, or empty.
        rest: what is left after the command word and the number.
        word: the command word as it was written; empty for free words.
    """

    wish: Wish
    number: str
    rest: str
    word: str = ""


NUMBER = re.compile(r"WO\s*[-–—_]?\s*(\d{8})\s*[-–—_]?\s*(\d{4,})", re.IGNORECASE)
_GAP = r"[-–—\s]{0,2}"
MOBILE = re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_GAP})?(1[3-9]\d){_GAP}(\d{{4}}){_GAP}(\d{{4}})(?!\d)")
_VERBS: tuple[tuple[Wish, str], ...] = (
    (Wish.ACCEPT, "接单|接受|我接了|我接|接了|好的我接了|好的我接"),
    (Wish.DECLINE, "拒单|退单|拒绝|不接"),
    (Wish.DEPART, "我已出发|已出发|我出发了|出发了|出发"),
    (Wish.ARRIVE, "我已到达|已到达|到达现场|到达|到场|我到了|到了"),
    (Wish.START, "开始处理|开始维修|开始干活|开工|开始"),
    (Wish.COMPLETE, "完工了|完工|完成"),
    (Wish.HOLD, "挂起|暂停"),
    (Wish.RESUME, "恢复处理|恢复|继续处理|继续"),
    (Wish.REASSIGN, "转单|转派|改派"),
    (Wish.AMEND, "修改报告|更正报告"),
    (Wish.NOTE, "进展|汇报|备注|补充"),
    (Wish.TELL_CUSTOMER, "告诉客户|回复客户|转告客户|发给客户|转给客户|转发给客户"),
    (Wish.TELL_TECHNICIAN, "告诉师傅|告诉技师|转告师傅|转告技师"),
    (Wish.OFFER, "派单|派给"),
    (Wish.MERGE, "合并工单|合并"),
    (Wish.PRIORITY, "优先级"),
    (Wish.TYPE, "工单类型|类型"),
    (Wish.ESTIMATE, "预计耗时|预计"),
    (Wish.REGISTER, "登记"),
    (Wish.POOL, "工单池|未完工单|待派工单"),
    (Wish.FIELD_BOARD, "技师状态|看板|在途"),
    (Wish.TIMELINE, "时间线|轨迹|时间轴|耗时|为什么这么慢"),
    (Wish.PAPERS, "单据|打印单据"),
    (Wish.LATENESS, "为什么超时|为啥超时|超时原因"),
    (Wish.LATER, "稍后提醒|晚点提醒"),
    (Wish.UNMUTE, "取消静音|恢复提醒"),
    (Wish.MUTE, "静音|免打扰"),
    (Wish.DIGEST, "日报|今日汇总"),
    (Wish.STATEMENT, "升级对账|对账"),
    (Wish.SIGN_OFF, "代客户验收|验收通过|同意验收|确认验收|验收|通过"),
    (Wish.REJECT, "验收不通过|不通过|不验收|驳回|没有?修好"),
    (
        Wish.RATE,
        r"修改评分|修改评价|改评分|改评价|评价|打分|评分"
        r"|(?:我?[打给])?-?[0-9]{1,3}(?:\.[0-9])? ?[分星]"
        r"|(?:我?[打给])?[一二三四五十] ?[分星]好?评?",
    ),
    (Wish.SETTLE, "结算"),
    (Wish.FOLLOW_UP, "回访"),
    (Wish.CLOSE, "关单|关闭工单"),
    (Wish.REOPEN, "重开|重新打开"),
    (Wish.LEAVE, "撤销关联|取消关联|不是同一个问题|不是同一个"),
    (Wish.CONFIRM, "确认报修|确认"),
    (Wish.CHANGE, "改一下|修改|我要改"),
    (Wish.CANCEL, "取消工单|取消报修|取消"),
    (Wish.PROGRESS, "查询进度|查进度|进度查询|进度|查询"),
    (Wish.MY_JOBS, "我的工单|我的单子|待办"),
    (Wish.HELP, "帮助|使用说明|help|菜单"),
    (Wish.NEVER_MIND, "算了|不拒了"),
    (Wish.GROUP_ID, "本群编号|群编号"),
)
_SEPARATOR = r"[\s,，.。:：、!！?？~]"
_COMMANDS = tuple(
    (wish, re.compile(rf"^(?:{words})(?=$|{_SEPARATOR}|WO)", re.IGNORECASE)) for wish, words in _VERBS
)
_PROGRESS = re.compile(
    r"^(?:请问|麻烦|帮我|我想|我要)*(?:查询|查一下|查下|查|看一下|看看|问一下|问问)?"
    r"(?:我的)?(?:工单|单子|设备|机器|师傅|技师)?(?:现在)?"
    r"(?:修到哪(?:里|儿)?了?|到哪(?:里|儿)?了?|修好了?[吗没]有?|什么时候(?:能|会|才)?(?:来|到|修|上门|修好)(?:修|人)?|"
    r"(?:怎么)?还(?:没|不)(?:有)?(?:人)?(?:来|到|修好|修)|"
    r"进度(?:怎么样|如何|到哪)?了?|进展(?:怎么样|如何)?|怎么样了|什么情况|(?:多久|几点)(?:能|会|可以)?(?:到|来))[吗呢啊呀吧了]*$"
)
_EXPEDITE = re.compile(
    r"^(?:请|麻烦|帮我|帮忙|能不能|可以|师傅|你们|再)*"
    r"(?:催(?:一下|一催|催|单|促)?|(?:搞|稍微)?(?:快(?:一?点|些)|(?:赶紧|赶快|尽快|抓紧|加急)(?:一?点|些|一下)?))"
    r"(?:来|修|到|处理|安排|派人|过来|上门|时间|人|工单|单子|师傅|一下)*[吗呢啊呀吧了嘛]*$"
)
_REOPEN = re.compile(
    r"^(?:把|请|麻烦|帮我|能不能|可以|我想|我要|刚才|刚刚|之前|上次|昨天|今天|那个|这个|那张|这张|我的|取消的|取消掉的|工单|单子|报修|的|再|还是)*"
    r"(?:重新(?:打)?开|重开|恢复(?:工单|单子))"
)
_SHOWN = frozenset({"查", "查一下", "查下", "看", "看看", "看一下"})
_UNWANTED = re.compile(
    r"^(?:师傅|技师)?(?:现在)?(?:不用|不要|不需要|先不|别|不)(?:再)?(?:修|来|派人|上门|麻烦)[了吧啦]*$|^取消了吧?$"
)
_HUMAN = re.compile(
    r"^(?:请|帮我|我要|我想)*(?:转|找|要|接)?(?:人工|客服|真人|你们领导|你们经理|投诉)(?:服务|客服|一下|你们)?$|^(?:你们)?(?:客服)?电话(?:是)?多少$"
)
_REPORT = re.compile(r"^(?:我要|我想|要|申请)?(?:报修|维修|修东西|修设备|修一下)(?:一下)?$")
# Keycaps, letters in squares and WeChat's names for its stickers: drawn as pictures, made of letters.
_PICTURES = re.compile(r"[0-9#*]\ufe0f?\u20e3|[\u3297\u3299\U0001f100-\U0001f2ff]|\[[^\W\d_]{1,4}\]")
_NO_MARK = re.compile("[^，；！？]+")
_SHORTEST_FAULT = 2
_INTRODUCTION = re.compile(r"(?:我是|我叫|姓名是?|名字是?)[^，,。；;\s]{1,15}")
_ALONE = frozenset({Wish.HELP, Wish.MY_JOBS, Wish.GROUP_ID})
_ALONE_LETTERS = 2
"""Letters that may follow a command which takes no words; with more, it is a cry for help about a fault."""
_THANKS = re.compile(
    r"(?:好的?|嗯|行|收到|ok)*(?:谢谢|多谢|感谢|谢了|辛苦|麻烦)(?:你们?|您|师傅|大家|了|啦|啊|哈|谢谢|辛苦)*",
    re.IGNORECASE,
)
# fmt: off
_CHIT_CHAT = frozenset({
    "你好", "您好", "你好啊", "您好啊", "在吗", "在么", "在不在", "有人吗",
    "hi", "hello", "hey", "喂", "早", "早上好", "上午好", "中午好",
    "下午好", "晚上好", "谢谢", "谢谢你", "谢谢您", "多谢", "感谢", "辛苦了",
    "好", "好的", "好吧", "行", "可以", "嗯", "嗯嗯", "哦", "ok",
    "okay", "收到", "知道了", "明白", "明白了", "再见", "拜拜", "没事",
    "没事了", "哈哈", "测试", "test",
})
# fmt: on


def half_width(text: str) -> str:
    """Return NFKC, but for the marks of a Chinese clause: people read their words as written."""
    return _NO_MARK.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def read_words(text: str) -> Words:
    """Return what a message asks for; free text is whatever is none of the known forms."""
    plain = half_width(text).strip()
    number, without = _take_number(plain)
    if not _letters(_PICTURES.sub("", text)):
        return Words(Wish.EMPTY, "", "")
    for wish, pattern in _COMMANDS:
        if found := pattern.match(_after_number(plain)):
            _, rest = _take_number(_after_number(plain)[found.end() :])
            if wish in _ALONE and len(_letters(rest)) > _ALONE_LETTERS:
                break
            return Words(wish, number, _trim(rest), found.group())
    bare = _letters(plain)
    if number and _letters(without) in ("", *_SHOWN):
        return Words(Wish.PROGRESS, number, "")
    if _EXPEDITE.match(_letters(without)):
        return Words(Wish.EXPEDITE, number, "")
    if found := _REOPEN.match(_letters(without)):
        return Words(Wish.REOPEN, number, _letters(without)[found.end() :].strip("吧了呀啊吗一下"), "重开")
    if _PROGRESS.match(_letters(without)):
        return Words(Wish.PROGRESS, number, "")
    if _UNWANTED.match(_letters(without)):
        return Words(Wish.UNWANTED, number, "")
    if _HUMAN.match(bare):
        return Words(Wish.HUMAN, "", plain)
    if _REPORT.match(bare):
        return Words(Wish.REPORT, "", plain)
    if bare.lower() in _CHIT_CHAT or len(bare) < _SHORTEST_FAULT or bare.isdigit():
        return Words(Wish.CHIT_CHAT, "", plain)
    return Words(Wish.FREE, number, text.strip())


def find_mobile(text: str) -> tuple[str, str]:
    """Return a Chinese mobile number and the words around it; the number is empty when there is none."""
    plain = half_width(text)
    found = MOBILE.search(plain)
    if not found:
        return "", plain
    return "".join(found.groups()), plain[: found.start()] + plain[found.end() :]


def says_something(text: str) -> bool:
    """Return whether words beside a mobile number are more than a label for it."""
    said = _INTRODUCTION.sub(" ", text)
    bare = re.sub("(?:我的?|手机号?码?|电话|号码|联系方式|是|姓名)", "", _letters(said))
    return len(bare) >= 4 and bare.lower() not in _CHIT_CHAT


def is_thanks(text: str) -> bool:
    """Return whether somebody says thank you, and nothing else."""
    return _THANKS.fullmatch(_letters(text)) is not None


def letters(text: str) -> str:
    """Return the letters and digits of a message without its work-order number, to be compared with words."""
    return _letters(_take_number(half_width(text))[1]).lower()


def _take_number(text: str) -> tuple[str, str]:
    found = NUMBER.search(text)
    if not found:
        return "", text
    return f"WO-{found.group(1)}-{found.group(2)}", text[: found.start()] + " " + text[found.end() :]


def _after_number(text: str) -> str:
    """Return what follows a number at the beginning, for `WO-… 接单`."""
    found = NUMBER.match(text)
    return _trim(text[found.end() :]) if found else text


def _trim(text: str) -> str:
    return re.sub(rf"^(?:{_SEPARATOR})+|(?:\s)+$", "", text)


def _letters(text: str) -> str:
    """Return only letters and digits, so that emoji and punctuation decide nothing."""
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")
