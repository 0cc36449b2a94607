"""What people say to a question: yes, never mind, the second one, and which field they correct."""

import re
import unicodedata

from domain.intake.data import Step

_SKIP = re.compile(
    r"(?:这个)?(?:我|俺)?(?:也)?(?:(?:不|没|不太|记不|说不|看不)(?:清楚|知道|晓得|确定|记得|清|准|大清楚)|跳过|没有了?|无|随便|不填|略|"
    r"其他(?:设备|的)?|别的(?:设备)?|(?:以上)?都不[是对]|不确定|不晓得|忘了|没写)(?:了|呀|啊|哦|的|吧)*"
)
_YES = re.compile(
    r"(?:(?:是|对|好|行|嗯|恩|中|可以|没错|没问题|确认|确定|正确|提交|ok|okay|yes|就这样|报修吧|报吧)"
    r"(?:的|了|呀|啊|吧|滴|嘞)*)+",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"(?:是|对|就是|嗯|应该是)*(?:加入|关联|合并|还是|同一个|同一件|一样的|一回事)"
    r"(?:这个|那个)?(?:问题|工单|故障|事)?(?:了|的|吧)*"
)
_OTHER_ONE = re.compile(
    r"不(?:的|了|啊|吧)*|不是(?:的|了|啊|吧)*"
    r"|(?:不是|另外|单独|分开|重新|新的?)(?:同|一|个|另|的|报修|问题|故障|事|件|单|独|开|,)*"
)
_AT_SITE = re.compile("登记|原来|原地址|老地方|设备那|机器那")
_AT_PLACE = re.compile("发的|定位|新地址|新的?位置|这里|这边|现在的")
_ORDINAL = re.compile(r"(?:选|第)?([1-9]|[一二三四五六七八九])(?:个|台|项|号)?")
_DIGITS = "一二三四五六七八九"
_DROP = re.compile(
    r"(?:(?:那|那就|我们?|师傅|先|还是|这个|就|都)*"
    r"(?:算了|取消(?:报修)?|撤销(?:报修)?|不(?:用|要|需要|想|必)?(?:再)?(?:修|报修|报|派人|上门|来人|登记)|别(?:修|来|派人)|"
    r"不(?:用|要|需要|必)再?来|不弄了|作罢)(?:了|吧|啦|掉)*)+"
)
_LABELS: tuple[tuple[Step, str], ...] = (
    (Step.ADDRESS, "维修地址|上门地址|地址|位置|地点"),
    (Step.MOBILE, "联系电话|手机号码?|手机|电话|联系方式"),
    (Step.CONTACT, "联系人姓名|联系人|姓名"),
    (Step.PLATE, "车牌号?|牌照"),
    (Step.ASSET, "设备|机器|机台"),
    (Step.TIME, "上门时间|预约时间|时间|预约"),
    (Step.FAULT, "故障描述|故障|问题|描述|毛病"),
)
_NAMES = "|".join(f"(?P<{step.value}>{words})" for step, words in _LABELS)
_VERB = (
    r"\s*(?:应该|其实)?(?:要|请|帮我)?(?:改成|改为|改到|改|换成|换到|换|更正为|更正|不对|错了|变成|变|是|为|写|叫)"
    r"[,，:：\s]*(?:一下)?[,，:：\s]*(?:是|改成|应该是|成|为|到)?|\s*[:：]"
)
_BEFORE = r"(?:不对|不是|错了|改一下|修改)?[,，:：\s]*(?:把|将)?"
_PLAIN_VALUES = {
    Step.MOBILE: r"\s*(?=[+\d(（])",
    Step.ADDRESS: r"\s*在?(?=[^,，。]*(?:\d|[路街弄巷镇区村栋幢楼门]))|\s+(?=\S)",
    Step.CONTACT: r"\s+(?=\S)",
    Step.TIME: r"\s*(?=\d|[今明后]天|周|星期|上午|下午|晚上)",
    Step.PLATE: r"\s*(?=[一-龥] ?[A-Za-z][\s·•.-]*(?:[A-Za-z0-9] ?){4})",
}
_FIRST = re.compile(rf"{_BEFORE}(?:{_NAMES})")
# A further field in the same breath; what a thing is or has is told freely and may hold these words.
_FURTHER = re.compile(rf"(?:^|[,，;；、。\s])\s*(?:然后|还有|另外|把|将)*(?:{_NAMES})")
_FURTHER_STEPS = frozenset({Step.ADDRESS, Step.MOBILE, Step.CONTACT, Step.PLATE, Step.TIME})
_SET = re.compile(_VERB)
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}|[2-8]\d{6,7}")
_NOT_OF_PHONE = re.compile(r"[^\d-]|(?<!\d)-|-(?!\d)")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣", "-"))
_GAP = re.compile(r"[\s,，、.。]+")
_EDGE = re.compile(r"^[\s,，.。:：、!！?？~]+|[\s,，.。:：、!！?？~]+$")


def trim(text: str) -> str:
    """Return the words without blanks and stops around them."""
    return _EDGE.sub("", unicodedata.normalize("NFKC", text))


def is_skip(text: str) -> bool:
    """Return whether the words say that it is not known, or does not matter."""
    return _SKIP.fullmatch(trim(text)) is not None


def is_yes(text: str) -> bool:
    """Return whether the words agree."""
    return _YES.fullmatch(_GAP.sub("", trim(text))) is not None


def same_matter(text: str) -> bool | None:
    """Return whether the words say that it is the same matter; None when they say neither."""
    plain = trim(text)
    if _OTHER_ONE.fullmatch(plain):
        return False
    return True if _SAME.fullmatch(plain) or is_yes(plain) else None


def at_shared_place(text: str) -> bool | None:
    """Return whether somebody wants us at the place they shared; False: at the site, None: neither."""
    plain = trim(text)
    if _AT_SITE.search(plain):
        return False
    return True if _AT_PLACE.search(plain) else None


def ordinal(text: str, limit: int) -> int | None:
    """Return which of so many choices is meant, from 0; None when the words are no number."""
    found = _ORDINAL.fullmatch(trim(text))
    if found is None:
        return None
    said = found.group(1)
    number = int(said) if said.isdigit() else _DIGITS.index(said) + 1
    return number - 1 if number <= limit else None


def is_drop(text: str) -> bool:
    """Return whether the words say that nobody shall come after all."""
    return _DROP.fullmatch(_GAP.sub("", trim(text))) is not None


def labelled(text: str) -> tuple[Step, str] | None:
    """Return which field the words correct and its new value, which may be empty."""
    found = corrections(text)
    return found[0] if found else None


def corrections(text: str) -> tuple[tuple[Step, str], ...]:
    """Return every field that the words correct, with its new value, which may be empty."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    first = _begun(_FIRST.match(plain), plain)
    if first is None:
        return ()
    begun = [(0, *first)]
    for match in _FURTHER.finditer(plain, first[1]):
        more = _begun(match, plain)
        if more is not None and more[0] in _FURTHER_STEPS and more[1] < len(plain):
            begun.append((match.start(), *more))
    ends = [start for start, _, _ in begun[1:]] + [len(plain)]
    return tuple((step, trim(plain[at:end])) for (_, step, at), end in zip(begun, ends, strict=True))


def _begun(match: re.Match[str] | None, text: str) -> tuple[Step, int] | None:
    """Return the field that is named and where its value begins, or None where it is only spoken of."""
    if match is None:
        return None
    step = Step(match.lastgroup or "")
    verb = _SET.match(text, match.end())
    at = verb.end() if verb is not None else match.end()
    if step is Step.PLATE:
        return (step, at) if re.match(_PLAIN_VALUES[step], text[at:]) else None
    if verb is not None:
        return step, at
    if not trim(text[match.end() :]):
        return step, match.end()
    value = re.compile(_PLAIN_VALUES.get(step, "(?!)")).match(text, match.end())
    return (step, value.end()) if value is not None else None


def phone(text: str) -> str:
    """Return a number that can be called, or an empty text: 11 digits of a mobile, or a landline."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    digits = _NOT_OF_PHONE.sub("", plain)
    joined = digits.replace("-", "")
    for one in (digits, joined, joined.removeprefix("0086"), joined.removeprefix("86")):
        if _PHONE.fullmatch(one):
            return one
    return ""


def counted(text: str) -> int:
    """Return how many digits stand in the words."""
    return sum(char.isdigit() for char in unicodedata.normalize("NFKC", text))
