"""The words of Chinese time expressions, as patterns, and what they are worth."""

import re

from domain.intake.numerals import NUMERAL

# Hours of a part of the day, half-open.
MORNING, EARLY, NOON, AFTERNOON, DUSK, EVENING = (8, 12), (6, 9), (11, 13), (12, 18), (17, 19), (18, 22)
SMALL_HOURS = (0, 6)

_PARTS: list[tuple[str, tuple[int, int]]] = [
    (r"上午头?|头晌|早半天|上[午晝昼]|上半[天日]|上半晌|午前|上晌|头午", MORNING),
    (r"大?清早|清晨|一大?早|早上|早晨|早浪|朝早|早起|一清早|大早", EARLY),
    (r"中[午晝昼]|正午|晌午头?|午休时间?|饭点|中饭时", NOON),
    (r"下[午晝昼]|下半[天日]|下半晌|午后|后半晌|后晌|过午", AFTERNOON),
    (r"傍晚|傍黑|黄昏|擦黑|天黑前|夜快", DUSK),
    (r"晚上|晚间|夜里|夜晚|晚黑|夜浪|今夜|夜间|晚头", EVENING),
    (r"凌晨|半夜|后半夜", SMALL_HOURS),
]
_SHORT_PARTS: list[tuple[str, tuple[int, int]]] = [(r"早", EARLY), (r"晚", EVENING), (r"午", NOON)]

# `明后天` are two days.
TOMORROW_OR_NEXT = 12

_NEAR_DAYS: list[tuple[str, int]] = [
    (r"大[后後]天|大[后後]日|大[后後]儿", 3),
    (r"明[后後][天两]天?|明天?[或和、]?者?后天", TOMORROW_OR_NEXT),
    (r"[后後][天日儿朝]", 2),
    (r"明[天日儿朝个]儿?个?|聽日|听日|翌日|第二天|明(?=[早晚上下中])", 1),
    (r"今[天日儿朝个]儿?个?|当天|今(?=[早晚夜上下中])", 0),
    (r"昨[天日儿晚夜早]|前天|前[日晚]|大前天|寻日|琴日|尋日|昨(?=[上下])", -1),
]

WEEKDAYS = "一二三四五六日天"
WEEK = r"(?:周|星期|礼拜|禮拜)"
_GAP = r"(?:的|[ ,，、]|就|找个|再|那天|那个)?"
_UNTIL = r"(?:到|至|-|~|～|——?|—|或者?是?|和|跟|及)"

NEAR_DAY = "|".join(pattern for pattern, _ in _NEAR_DAYS)
PART = "|".join(pattern for pattern, _ in _PARTS)
SHORT_PART = "|".join(pattern for pattern, _ in _SHORT_PARTS)

_WEEKDAY = rf"(?:下下个?|下个?|这个?|本|上上?个?)?{WEEK}(?:[一二三四五六日天]|[1-7](?![点:：\d个]))"
_WEEKEND = rf"(?:下下个?|下个?|这个?|本|上个?)?{WEEK}末|双休日?"
_WHOLE_WEEK = rf"(?:下下个?|下个?|这个?|本){WEEK}(?![一二三四五六日天末1-7])"
_DATE = (
    rf"(?:{NUMERAL}|下个?|这个?|本)月{NUMERAL}[日号號]?|"
    rf"(?<![\dA-Za-z#-]){NUMERAL}[日号號](?![楼线机房门库车厅仓站台泵炉井口段电床栋冷包屋院桩店厂病充月桥幢舱室床道塔路称冰泊桶提单])"
)
_SLASH_DATE = (
    r"(?<![\d./-])(?:1[0-2]|0?[1-9])[./-](?:3[01]|[12]\d|0?[1-9])(?![\d./-]|[号楼栋幢室]|\s*(?:次|"
    r"%|度|米|mm|V|A|万))"
)
_HOLIDAY = r"元旦|五一|国庆|劳动节"

DAY = rf"(?:{_WEEKEND}|{_WEEKDAY}|{_WHOLE_WEEK}|{NEAR_DAY}|{_DATE}|{_SLASH_DATE}|{_HOLIDAY})"

_MINUTES = rf"(?:半|[一三]刻|{NUMERAL}分?|整)"
_HOUR = r"(?:2[0-4]|1\d|0?\d|二十[一二三四]?|十[一二三四五六七八九]?|[一二两三四五六七八九])"
CLOCK = (
    rf"(?:(?<![\d.])(?:2[0-4]|[01]?\d)[:：][0-5]\d(?!\d)|(?<![\d.十第有]){_HOUR}(?:点(?!点|儿|击|检|"
    rf"了个|赞|心|评)钟?|时(?![间候代常不段]))(?:{_MINUTES})?)"
)
_BARE_HOUR = rf"(?<![\d.:]){_HOUR}(?![\d:.])"

AFTER = r"(?:以后|之后|过后|往后|后(?!天|面|台|轮|桥|门)|開始|开始|起(?!来|不))"
BEFORE = r"(?:以前|之前|前(?!面|天|台|两|几|轮|桥|门|后)|截止)"
WITHIN = r"(?:之内|以内|内(?!存|容|部|机|胆|衣|网|壁|侧|外))"

EXPRESSION = re.compile(
    rf"(?P<day>{DAY})(?:{_UNTIL}(?P<day_to>{DAY}))?(?P<within>{WITHIN})?{_GAP}"
    rf"(?P<part>{PART}|{SHORT_PART})?(?:{_UNTIL}(?P<part_to>{PART}))?{_GAP}"
    rf"(?:(?P<clock>{CLOCK}|"
    rf"{_BARE_HOUR}(?={_UNTIL}{CLOCK}))(?:{_UNTIL}(?P<other_part>{PART})?(?P<clock_to>{CLOCK}))?(?:之间)?)?"
    rf"(?P<mod>{AFTER}|{BEFORE})?"
    rf"|(?P<part2>{PART})(?:{_UNTIL}(?P<part_to2>{PART}))?{_GAP}"
    rf"(?:(?P<clock2>{CLOCK}|"
    rf"{_BARE_HOUR}(?={_UNTIL}{CLOCK}))(?:{_UNTIL}(?P<other_part2>{PART})?(?P<clock_to2>{CLOCK}))?)?"
    rf"(?P<mod2>{AFTER}|{BEFORE})?"
    rf"|(?P<clock3>{CLOCK}|"
    rf"{_BARE_HOUR}(?={_UNTIL}{CLOCK}))(?:{_UNTIL}(?P<other_part3>{PART})?(?P<clock_to3>{CLOCK}))?"
    rf"(?P<mod3>{AFTER}|{BEFORE})?"
)

PERIOD = re.compile(
    rf"(?P<count>{NUMERAL}|[两三]三|半)个?(?P<unit>工作日|天半?|日|周|星期|礼拜|小时|钟头|分钟|"
    rf"个月|月)(?P<mod>{WITHIN}|后|之后|以后|过后)"
)


def part_hours(words: str) -> tuple[int, int] | None:
    """Return the hours of `下午` and the like."""
    for pattern, hours in [*_PARTS, *_SHORT_PARTS]:
        if re.fullmatch(pattern, words):
            return hours
    return None


def near_day(words: str) -> int | None:
    """Return how many days `后天` and the like lie ahead; -1 stands for any day that is past."""
    for pattern, days in _NEAR_DAYS:
        # `明` is a day only before a part of it, as in `明早`.
        if re.match(pattern, f"{words}早"):
            return days
    return None
