"""What the service desk, an agent and a group write behind or instead of a command word."""

import pytest

from bot.caller_words import Caller, read_caller
from bot.desk_words import read_minutes, read_pool, read_priority, read_type
from bot.group_words import GroupWish, read_group_words
from domain.workorder.details import OrderType, Priority
from domain.workorder.status import Status


@pytest.mark.parametrize(
    ("text", "priority", "reason"),
    [
        ("P1 客户停产", Priority.P1, "客户停产"),
        ("p2：货要坏了", Priority.P2, "货要坏了"),
        ("Ｐ３", Priority.P3, ""),
        ("危急 有人被困", Priority.P1, "有人被困"),
        ("不急，下周再来", Priority.P4, "下周再来"),
        ("P5 很急", None, "P5 很急"),
        ("P12", None, "P12"),
        ("", None, ""),
    ],
)
def test_a_priority_and_its_reason_are_read(text: str, priority: Priority | None, reason: str):
    assert read_priority(text) == (priority, reason)


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("投诉 客户要求赔偿", OrderType.COMPLAINT, "客户要求赔偿"),
        ("退换货：发错型号", OrderType.RETURN, "发错型号"),
        ("理赔", OrderType.CLAIM, ""),
        ("其他", None, "其他"),
    ],
)
def test_a_type_and_its_reason_are_read(text: str, kind: OrderType | None, reason: str):
    assert read_type(text) == (kind, reason)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2小时", 120),
        ("90分钟", 90),
        ("一个半小时", 90),
        ("1.5", 90),
        ("半小时", 30),
        ("很久", None),
        ("0分钟", None),
    ],
)
def test_a_duration_is_read_in_minutes(text: str, minutes: int | None):
    assert read_minutes(text) == minutes


def test_a_filter_of_the_pool_is_read():
    words = read_pool("未派 超期 投诉 沪冷 第2页")

    assert words.statuses == (Status.DISPATCHING, Status.NEW)
    assert (words.overdue, words.type, words.names, words.page) == (True, "complaint", ("沪冷",), 2)
    assert words.wanted == "未派 超期 投诉 沪冷"


@pytest.mark.parametrize(("text", "page"), [("", 1), ("3", 3), ("第 0 页", 1), ("0", 1)])
def test_a_page_is_at_least_the_first(text: str, page: int):
    assert read_pool(text.replace(" ", "")).page == page


@pytest.mark.parametrize(
    ("text", "caller"),
    [
        (
            "13800001111 张先生 3号冷库不制冷 明天上午",
            Caller("13800001111", "张先生", "", "", "3号冷库不制冷 明天上午"),
        ),
        ("138-0000-1111 张敏 空压机漏油", Caller("13800001111", "张敏", "", "", "空压机漏油")),
        ("电话：13800001111 冷库 不制冷", Caller("13800001111", "", "", "", "冷库 不制冷")),
        ("投诉 13800001111 师傅态度差", Caller("13800001111", "", "complaint", "", "师傅态度差")),
        ("13800001111 李总 保养 冷机", Caller("13800001111", "李总", "maintenance", "", "冷机")),
        ("沪A12345 空调不凉", Caller("", "", "", "沪A12345", "空调不凉")),
        ("LK-9001", Caller("", "", "", "LK-9001", "")),
        ("姓名 欧阳锋 13800001111", Caller("13800001111", "欧阳锋", "", "", "")),
        ("13800001111", Caller("13800001111", "", "", "", "")),
        ("备件坏了 13800001111", Caller("13800001111", "", "", "", "备件坏了")),
        ("", Caller()),
    ],
)
def test_a_caller_is_read_from_one_line(text: str, caller: Caller):
    assert read_caller(text) == caller


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("不是报修", GroupWish.DISMISS),
        ("这不是报修。", GroupWish.DISMISS),
        ("其实是报修", GroupWish.ORDER),
        ("建工单", GroupWish.ORDER),
        ("关联 WO-20261124-0001", GroupWish.LINK),
        ("@张三 去看一下", GroupWish.LOOK),
        ("去处理 WO-20261124-0001", GroupWish.LOOK),
        ("麻烦处理一下", GroupWish.LOOK),
    ],
)
def test_what_a_group_decides_is_read(text: str, wish: GroupWish):
    found = read_group_words(text)

    assert found is not None
    assert found.wish is wish


@pytest.mark.parametrize("text", ["3号冷库不制冷", "报修", "大家好", "不是报修的问题是漏水", "关联一下这个"])
def test_other_words_in_a_group_decide_nothing(text: str):
    assert read_group_words(text) is None


def test_names_and_numbers_in_a_group_are_found():
    found = read_group_words("@李强 @孙浩 去看一下 wo20261124-0007")

    assert found is not None
    assert (found.names, found.number) == (("李强", "孙浩"), "WO-20261124-0007")
