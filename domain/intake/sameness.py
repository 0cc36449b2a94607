"""Compares what two reports say is wrong."""

import re

from domain.intake.numerals import arabic
from domain.intake.wording import bigrams, comparable


def _pattern(words: str) -> re.Pattern[str]:
    """Return a pattern for comparable text, in which every numeral stands as digits."""
    return re.compile(arabic(words))


# What people say of one and the same trouble in many ways.
_TROUBLES = {
    "warm": (
        "不制冷|不冷|勿冷|唔冻|唔凉|温度[高降]|热死|热煞|热风|自然风|化[了水成]|降不|[库厢箱]温|"
        "软了|太热|闷热|不凉|根本不凉|升温|超温|不往下掉|[酸馊臭]了|度了?.{0,2}(?:货|药|肉|还在)|"
        "[零上]+[0-9]+度|屋里.{0,2}[0-9]+度"
    ),
    "cold": (
        "不制热|不热|冷水|冰凉|冻成|不出热水|没热水|冲?冷水澡|忽冷忽热|忽高忽低|一会烫|冰一下|"
        "不加热|只吹冷风|生的|不升温|洗不了|没法洗|不暖"
    ),
    "leak": (
        "漏[水油胶液料了得]|漏|滴|渗|淌|喷泉|一滩|一汪|泡[了黄]|湿|积水|往外冒|呲水|接了.{0,2}盆|"
        "全是水|翘|顺着往下流"
    ),
    "blocked": "堵|不排水|排不出|下不去|放不掉|走不掉|下水|倒灌|漫出|还在桶里",
    "noise": "异响|响|噪|嗡|吱|吵|声[音]?[大更]|哨音|拖拉机|轰|咯咯|咔|哐",
    "start": (
        "打不着|点不着|[就都]不着|不启动|启动不|起不来|不转|没反应|一点声音没有|不动|趴|死掉|歇|"
        "罢工|停机|停了|不工作|打火|点火|火苗|没有?火焰|不出火|发动|熄|不响应|开不了机|用不了|"
        "不能用|不好使|死机|又卡|重启也"
    ),
    "hot": "过热|高温|发烫|烫手|跳热|跳机|[一跑].{0,5}就[停跳]|冷却中|要等|排气.{0,3}度",
    "power": "跳闸|断电|没电|黑屏|屏[幕]?[黑全]|不亮|灭|电量|灯都?不[亮闪]",
    "charge": "不充|充不|插[枪上].{0,6}没反应|也不充|扫了码也|充电器",
    "door": (
        "门.{0,8}(?:关|开|合|夹|弹)|关门|开合|弹开|夹人|抬杆|杆子?.{0,6}(?:不|竖)|不落|半腰|"
        "落一半|帘|刷卡|卡贴上|打不开|出不去|出不来"
    ),
    "shake": "震|抖|晃|地震|蹦|满地跑|咣当",
    "jam": "卡[纸刀包住死了]|又卡|夹住|抱死|咬|皱在里面|堆|拉不开|冻住|锁死|拔不",
    "print": "打印|条码|标签|出票|面单|打不出|不出纸|走纸|脱机|打不了",
    "smell": "味|焦|烟|糊|烧",
    "water": "不上水|没水|不出水|水压|水小|出水小|水流|空转",
    "seal": "封口|漏袋|袋子|口不牢|横封|封的",
    "aim": "不准|偏|差.{0,2}度|定位|跑来|误差|飞料|抛料|蹭|磨到|平层|地面[低高]|绊",
    "frost": "霜|结冰|冻[死住]|化霜",
    "brake": "刹|溜|停不住|滑",
    "alarm": "误报|老报|老叫|一直叫|报警|气泡|报错|error|错误|报[a-z]?[0-9]|又报|就报",
    "spray": "雾|一坨",
    "thread": "断线|跳针|线.{0,2}断|断纬|断经",
    "image": "图像|黑条|画面|花屏|雪花|条纹|伪影|一圈一圈",
    "suck": "不吸|吸力|吸不|烟不走|满屋子烟|跟没开一样",
    "air": "漏气|冒白?[气汽]|压力上不|不打气|加载|没气|呲",
    "lift": "起升|举|抬不|不抬|升不|不升|升降不|往下沉|降不下|[不没]降",
    "finger": "指纹|手指",
    "loose": "夹不紧|夹不住|打滑|松",
    "stuck": "困人|关人|关在里面|卡在|停在|停.{1,3}楼",
    "reading": "测不出|没数|横杠|不显示|读数|没波形",
}
# Words for what a machine is made of; one that only the second report names speaks of something else.
_PARTS = {
    "lamp": "照明|灯(?!不)",
    "remote": "遥控",
    "button": "按钮|按键|外呼|呼叫|对讲",
    "screen": "屏|显示",
    "gasket": "门封|密封条|封条",
    "belt": "皮带|链条",
    "tyre": "轮胎|轮子|前轮|后轮",
    "horn": "喇叭",
    "filter": "滤芯|滤网",
    "printer": "打印机|打印头|热敏|硒鼓|墨盒|纸",
    "cuff": "袖带|指套|导联",
    "hose": "软管|进水管|油管|管接头|接头",
    "fan": "风机|风扇|通风",
    "tailboard": "尾板",
    "brake": "刹",
    "cooling": "冷却液|切削液|水箱",
    "chips": "排屑|铁屑",
    "spindle": "主轴",
    "tools": "刀[库塔架臂]|换刀",
    "axis": "[xyz]轴|走[xyz]",
    "chuck": "卡盘|尾座",
    "arm": "机械手|取件",
    "nozzle": "射嘴|喷枪|嘴子",
    "mould": "合模|模合|锁模",
    "hydraulic": "液压|油温",
    "bed": "床",
    "drawer": "钱箱",
    "scanner": "扫码率|识别|摄像",
    "latch": "锁舌|把手",
    "lid": "盖板|盖子",
    "softener": "软水器|盐箱",
    "sprinkler": "喷淋",
    "comb": "梳齿",
    "handrail": "扶手",
    "pump": "血泵|蠕动泵",
    "gauge": "压力表|指针|温度计",
    "shell": "外壳|面板|玻璃",
    "outdoor": "外机",
    "curtain": "光幕",
    "battery": "电池|电瓶",
    "wiper": "雨刮",
    "shaft": "丝杠|导轨|轴承",
    "valve": "阀",
    "dispenser": "加样|探针",
    "mirror": "后视镜|车窗|玻璃升降",
    "network": "联网|断网|wifi|离线",
}
_PATTERNS = {name: _pattern(pattern) for name, pattern in _TROUBLES.items()}
_PART_PATTERNS = {name: _pattern(pattern) for name, pattern in _PARTS.items()}
# The second report speaks of the first one.
_SAME = _pattern(
    "(?:昨[天晚日儿]|前天|上午|下午|早上|中午|刚才?|早就|之前|已经|应该).{0,6}(?:报|说|讲|登记|打过|反映|提)|"
    "报过|说过|讲过|登记[的了过]|记上|催|到底|几点[到来]|来不来|照旧|照样|没变|依旧|越来越|更[厉严大]|"
    "刚[才刚]?那|昨天那|就是那|说的那|讲的那|那[台个]还|第[二2三3几]次[说报打]|第[二2三3]遍|转报|接单没|有人接|"
    "没[人来]来|还没[人到来修好]|什么时候[来到能]|啥时候|多久|等.{0,4}(?:半天|小时|一天|两天)|知不知道|报给|听说|问下|怎么还|还是那|没修吗|再[报说讲问]一[遍次下]|忘[了记]说|漏说|补充|补[个一]下?情况"
)
# What was repaired is as it was before.
_BACK = _pattern("又|还是|还在|再次|照样|没[修弄换]好|[修弄换][过了好完]|刚[修弄换]")
# It says outright that it is about something else.
_OTHER = _pattern(
    "[另别]一?[码回]事?|另一码|[两2][码回]事|[两2][个件]事|是[另别]的|另一[台个部辆扇]|另外一|另有|另报|"
    "新毛病|新问题|新故障|别的(?:问题|毛病|故障|事)|无关|不相干|不搭界|没关系的|不是一[回码]事|"
    "不是(?:我?(?:昨天|刚才|上午|之前)?[报说]的?[那这]?|那|同一)[台个件部辆]|不是报.{1,6}那|(?:那|这)?[个台边事]?不算|那个不急|"
    "照报|换个事|又一[台个辆部]|还有一[台个辆部]|旁边[那这的]?一?[部台个辆间根扇]|"
    "隔壁[那这的]?一?[部台个辆间家户]|后面一[台辆]|(?:一个|一样的?|同样的?)毛病"
)
# It says that the first fault is already being seen to.
_SEEN_TO = _pattern(
    "等你们[换修]|你们(?:已经)?知道了|(?:师傅|你们)(?:已经|正在|在)(?:修|弄|换|处理|看)|正在[修弄换]|已经联系|"
    "[那前]个(?:已经)?好了|已经[修弄]好|外加|顺便|顺带|再[报加]一(?![遍次下])|除了.{1,8}(?:还|也|又)|另外"
)
_CLAUSE = re.compile("[,，。.!！?？;；~…\\s]+")
_ASIDE = _pattern(
    "好了|修好|没问题|没事|不急|先[放不别]|等[你着]|在[修弄换]|知道|不算|没关系|归|已经|上次|上回|之前|(?<!是)不是|以外|除了|不说"
)
_COMMON = set(
    "的了是在不我你他它们这那个一就都也还又没有到来去上下里着过把被给跟和啊呀呢吧吗嘛哦哈啦得很太再说"
)
_CODE = re.compile("(?<![0-9a-z])(?:[a-z]{1,4}[0-9]{1,5}|[0-9]{3,5})(?![0-9a-z年月日号楼室房])")
# Of two reports on one thing most are about one fault; what is said then speaks for or against it.
_PRIOR = 0.5
_NEWS = 0.3
_RETURNED = 0.25
_ELSEWHERE = 0.3


def fault_likeness(
    first: str, second: str, *, device: str = "", again: bool = False, repaired: bool = False
) -> float:
    """Return how much two texts speak of one fault of one thing, 0 to 1.

    Args:
        device: the class of the thing, whose name says nothing about the fault.
        again: the same person speaks, a while later; it is news unless they refer to what they said.
        repaired: the first fault counts as mended; words that it is back are about it.
    """
    one, other = _bare(first, device), _bare(second, device)
    if not one or not other:
        return _PRIOR
    back = repaired and bool(_BACK.search(other))
    points = _PRIOR + _alike(one, other) - _apart(one, other) + (_RETURNED if back else 0.0)
    points -= _NEWS if again and not back and not _SAME.search(other) else 0.0
    points = max(0.0, min(points, 1.0))
    if back:
        return points
    return points * _ELSEWHERE if _OTHER.search(other) or _moved_on(one, second) else points


def _moved_on(one: str, second: str) -> bool:
    """Tell whether a report mentions the first fault only to put it aside, and then tells of another."""
    clauses = [comparable(clause) for clause in _CLAUSE.split(second)]
    about = [
        bool(bigrams(one) & bigrams(clause) or _said(_PATTERNS, one) & _said(_PATTERNS, clause))
        for clause in clauses
    ]
    aside = any(known and _ASIDE.search(clause) for known, clause in zip(about, clauses, strict=True))
    more = any(not known and _said(_PATTERNS, clause) for known, clause in zip(about, clauses, strict=True))
    return aside and more


def _alike(one: str, other: str) -> float:
    shared = _said(_PATTERNS, one) & _said(_PATTERNS, other)
    parts = _said(_PART_PATTERNS, one) & _said(_PART_PATTERNS, other)
    pairs = len(bigrams(one) & bigrams(other))
    letters = len((set(one) & set(other)) - _COMMON)
    points = (
        0.25 * min(len(shared), 2) + 0.1 * min(len(parts), 1) + 0.1 * min(pairs, 3) + 0.04 * min(letters, 4)
    )
    if set(_CODE.findall(one)) & set(_CODE.findall(other)):
        points += 0.2
    return points + (0.25 if _SAME.search(other) else 0.0)


def _apart(one: str, other: str) -> float:
    troubles = _said(_PATTERNS, one), _said(_PATTERNS, other)
    points = 0.06 if troubles[0] and troubles[1] and not troubles[0] & troubles[1] else 0.0
    points += 0.25 * min(len(_said(_PART_PATTERNS, other) - _said(_PART_PATTERNS, one)), 2)
    codes = set(_CODE.findall(one)), set(_CODE.findall(other))
    if codes[0] and codes[1] and not codes[0] & codes[1]:
        points += 0.3
    return points + (0.4 if _SEEN_TO.search(other) else 0.0)


def _said(patterns: dict[str, re.Pattern[str]], text: str) -> set[str]:
    return {name for name, pattern in patterns.items() if pattern.search(text)}


def _bare(text: str, device: str) -> str:
    said = comparable(text)
    return said.replace(comparable(device), "") if device else said
