"""Amounts, payers, scores and results of calls in words."""

import pytest

from bot.closing_words import (
    AmountUnclear,
    Called,
    Settled,
    read_call,
    read_nps,
    read_passing_on,
    read_score,
    read_settlement,
    says_no,
)
from bot.intents import Wish, read_words
from domain.workorder.details import Payer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("380.50 元 客户付 更换电容", Settled(38050, Payer.CUSTOMER, "更换电容")),
        ("380.5元客户付", Settled(38050, Payer.CUSTOMER, "")),
        ("1,380.50 合同", Settled(138050, Payer.CONTRACT, "")),
        ("￥88 赠送 老客户", Settled(8800, Payer.GOODWILL, "老客户")),
        ("380元，客户要求开票", Settled(38000, None, "客户要求开票")),
        ("客户付 380", Settled(38000, Payer.CUSTOMER, "")),
        ("0.01 保修期内", Settled(1, Payer.WARRANTY, "")),
        ("免费", Settled(0, None, "")),
        ("免费 保修", Settled(0, Payer.WARRANTY, "")),
        ("0", Settled(0, None, "")),
        ("客户付", Settled(None, Payer.CUSTOMER, "")),
        ("三百", Settled(None, None, "三百")),
        ("", Settled(None, None, "")),
    ],
)
def test_a_settlement_is_read_to_the_fen(text: str, expected: Settled):
    assert read_settlement(text) == expected


@pytest.mark.parametrize("text", ["380.505 元", "-5 元", "1.2万", "38,0", "380块5", "1e5", "99999999999 元"])
def test_an_unclear_amount_is_not_guessed(text: str):
    with pytest.raises(AmountUnclear):
        read_settlement(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5分 师傅很专业", (5, "师傅很专业")),
        ("打4分", (4, "")),
        ("我给三分，来晚了", (3, "来晚了")),
        ("五星好评", (5, "")),
        ("11分", (11, "")),
        ("4.5分", ("4.5", "")),
        ("-1分", (-1, "")),
        ("5", (5, "")),
        ("修了5分钟就好了", (None, "修了5分钟就好了")),
        ("师傅很好", (None, "师傅很好")),
    ],
)
def test_a_score_is_read_with_its_comment(text: str, expected: tuple[object, str]):
    assert read_score(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("8", 8), ("10分", 10), ("推荐 9", 9), ("十", 10), ("11", 11), ("还行", None)]
)
def test_a_recommendation_is_a_bare_number(text: str, expected: int | None):
    assert read_nps(text) == expected


@pytest.mark.parametrize("text", ["跳过", "不用了。", "算了"])
def test_no_answer_is_an_answer_too(text: str):
    assert says_no(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已解决 客户满意 5分", Called("solved", 5, "已解决 客户满意")),
        ("还是不行，要求重修", Called("unsolved", None, "还是不行，要求重修")),
        ("客户不满意", Called("unsolved", None, "客户不满意")),
        ("打不通", Called("unreachable", None, "打不通")),
        ("4分", Called("solved", 4, "")),
        ("聊了一会", Called("", None, "聊了一会")),
    ],
)
def test_a_call_is_read(text: str, expected: Called):
    assert read_call(text) == expected


@pytest.mark.parametrize(("text", "name"), [("转给 吴梅", "吴梅"), ("转给吴梅", "吴梅"), ("已解决", "")])
def test_passing_on_names_somebody(text: str, name: str):
    assert read_passing_on(text) == name


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("验收", Wish.SIGN_OFF),
        ("通过", Wish.SIGN_OFF),
        ("验收通过", Wish.SIGN_OFF),
        ("不通过 还在漏水", Wish.REJECT),
        ("没修好", Wish.REJECT),
        ("没有修好，还在响", Wish.REJECT),
        ("驳回", Wish.REJECT),
        ("5分 师傅很专业", Wish.RATE),
        ("11分", Wish.RATE),
        ("五星好评", Wish.RATE),
        ("评价 WO-20261124-0001 4分", Wish.RATE),
        ("耗时 WO-20261124-0001", Wish.TIMELINE),
        ("为什么这么慢 WO-20261124-0001", Wish.TIMELINE),
        ("通过电话联系过了", Wish.FREE),
        ("5分钟前机器停了", Wish.FREE),
        ("验收那天就有点响", Wish.FREE),
    ],
)
def test_words_at_the_end_of_the_loop(text: str, wish: Wish):
    assert read_words(text).wish is wish
