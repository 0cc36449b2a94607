"""Who calls and what is wrong, as an agent types it while on the phone."""

import re
from dataclasses import dataclass, replace

from bot.desk_words import TYPE_WORDS
from bot.intents import find_mobile, half_width

_TITLE = r"(?:先生|女士|小姐|师傅|老师|经理|主任|厂长|站长|阿姨|大姐|大哥|总|工)"
_TITLED = re.compile(rf"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5]{{1,3}}{_TITLE})(?![\u4e00-\u9fa5])")
_NAMED = re.compile(
    r"(?:姓名|联系人|来电人|客户姓名)[:：\s是为]*([\u4e00-\u9fa5·]{2,6}|[A-Za-z][A-Za-z .]{1,30})"
)
_LABEL = re.compile(r"(?:手机号?码?|(?:联系)?电话|来电|号码)(?:\s*[:：是])?(?=\s|$)")
# The hundred most frequent family names, so that 冷库 is no person.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_NAME = re.compile(rf"[{_FAMILY}][\u4e00-\u9fa5]{{1,2}}")
# Only a word of its own is a type: 备件坏了 tells of a fault.
_TYPE = re.compile(rf"\s*({'|'.join(sorted(TYPE_WORDS, key=len, reverse=True))})(?=[\s,，:：。;；]|$)")
_EDGES = " \t\r\n,，.。:：;；、"


@dataclass(frozen=True)
class Caller:
    """What was said of a caller and their request; what was not said is empty.

    Args:
        subject: what else they can be found by: a plate, a serial, a customer's name or code.
    """

    mobile: str = ""
    name: str = ""
    type: str = ""
    subject: str = ""
    fault: str = ""


def read_caller(text: str) -> Caller:
    """Return caller and fault of `投诉 13800001111 张先生 3号冷库不制冷 明天上午`."""
    kind, rest = _type_in(text)
    mobile, rest = find_mobile(rest)
    name, rest = _name_in(_LABEL.sub(" ", rest) if mobile else rest, called=bool(mobile))
    fault = re.sub(r"\s+", " ", rest).strip(_EDGES)
    if not kind:
        kind, fault = _type_in(fault)
    caller = Caller(mobile=mobile, name=name, type=kind, fault=fault)
    if mobile or not fault:
        return caller
    subject, _, behind = fault.partition(" ")
    return replace(caller, subject=subject, fault=behind.strip(_EDGES))


def _type_in(text: str) -> tuple[str, str]:
    found = _TYPE.match(text)
    if found is None:
        return "", text
    return TYPE_WORDS[found[1]].value, text[found.end() :].strip(_EDGES)


def _name_in(text: str, *, called: bool) -> tuple[str, str]:
    plain = half_width(text)
    for pattern in (_NAMED, _TITLED):
        if found := pattern.search(plain):
            return found[1].strip(), f"{plain[: found.start()]} {plain[found.end() :]}"
    first, _, rest = plain.strip(_EDGES).replace(",", " ").replace("，", " ").partition(" ")
    if called and _NAME.fullmatch(first):
        return first, rest
    return "", plain
