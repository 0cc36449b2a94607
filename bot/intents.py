"""Words become a wish: command words first, then what is plainly no fault, then free text."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Wish(StrEnum):
    """What somebody wants, as far as words alone tell."""

    ACCEPT = "accept"
    DECLINE = "decline"
    OFFER = "offer"
    CANCEL = "cancel"
    PROGRESS = "progress"
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
    """

    wish: Wish
    number: str
    rest: str


NUMBER = re.compile(r"WO\s*[-–—_]?\s*(\d{8})\s*[-–—_]?\s*(\d{4,})", re.IGNORECASE)
_GAP = r"[-–—\s]{0,2}"
MOBILE = re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_GAP})?(1[3-9]\d){_GAP}(\d{{4}}){_GAP}(\d{{4}})(?!\d)")
_VERBS: tuple[tuple[Wish, str], ...] = (
    (Wish.ACCEPT, "接单|接受|我接"),
    (Wish.DECLINE, "拒单|退单|拒绝|不接"),
    (Wish.OFFER, "派单|派给"),
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
    r"(?:怎么)?还(?:没|不)(?:有)?(?:人)?(?:来|到|修好|修)|(?:麻烦)?(?:请)?(?:快点|快一点|尽快|抓紧|搞快点)|催(?:一下|单|促)?|"
    r"进度(?:怎么样|如何|到哪)?了?|进展(?:怎么样|如何)?|怎么样了|什么情况|多久(?:能)?到)[吗呢啊呀吧了]*$"
)
_UNWANTED = re.compile(
    r"^(?:师傅|技师)?(?:现在)?(?:不用|不要|不需要|先不|别|不)(?:再)?(?:修|来|派人|上门|麻烦)[了吧啦]*$|^取消了吧?$"
)
_HUMAN = re.compile(
    r"^(?:请|帮我|我要|我想)*(?:转|找|要|接)?(?:人工|客服|真人|你们领导|你们经理|投诉)(?:服务|客服|一下|你们)?$|^(?:你们)?(?:客服)?电话(?:是)?多少$"
)
_REPORT = re.compile(r"^(?:我要|我想|要|申请)?(?:报修|维修|修东西|修设备|修一下)(?:一下)?$")
# Keycaps, letters in squares and WeChat's names for its stickers: drawn as pictures, made of letters.
_PICTURES = re.compile(r"[0-9#*]\ufe0f?\u20e3|[\u3297\u3299\U0001f100-\U0001f2ff]|\[[^\W\d_]{1,4}\]")
_SHORTEST_FAULT = 2
_INTRODUCTION = re.compile(r"(?:我是|我叫|姓名是?|名字是?)[^，,。；;\s]{1,15}")
_ALONE = frozenset({Wish.HELP, Wish.MY_JOBS, Wish.GROUP_ID})
_ALONE_LETTERS = 2
"""Letters that may follow a command which takes no words; with more, it is a cry for help about a fault."""
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


def read_words(text: str) -> Words:
    """Return what a message asks for; free text is whatever is none of the known forms."""
    plain = unicodedata.normalize("NFKC", text).strip()
    number, without = _take_number(plain)
    if not _letters(_PICTURES.sub("", text)):
        return Words(Wish.EMPTY, "", "")
    for wish, pattern in _COMMANDS:
        if found := pattern.match(_after_number(plain)):
            _, rest = _take_number(_after_number(plain)[found.end() :])
            if wish in _ALONE and len(_letters(rest)) > _ALONE_LETTERS:
                break
            return Words(wish, number, _trim(rest))
    bare = _letters(plain)
    if number and not _letters(without):
        return Words(Wish.PROGRESS, number, "")
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
    plain = unicodedata.normalize("NFKC", text)
    found = MOBILE.search(plain)
    if not found:
        return "", plain
    return "".join(found.groups()), plain[: found.start()] + plain[found.end() :]


def says_something(text: str) -> bool:
    """Return whether words beside a mobile number are more than a label for it."""
    said = _INTRODUCTION.sub(" ", text)
    bare = re.sub("(?:我的?|手机号?码?|电话|号码|联系方式|是|姓名)", "", _letters(said))
    return len(bare) >= 4 and bare.lower() not in _CHIT_CHAT


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
