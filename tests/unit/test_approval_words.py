"""What people say about approvals, and what only sounds like it."""

from datetime import UTC, datetime

import pytest

from bot.approval_facts import Asked, Named, Unclear, read_amount, read_away, read_people
from bot.approval_words import ApprovalWords, Deed, read_approval
from bot.dialogue.approving import quick_reason
from domain.kernel.localtime import local_time

AT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
SP = "SP-20261130-0001"
WO = "WO-20261130-0001"


def read(text: str, quoted: str = "") -> ApprovalWords:
    found = read_approval(text, quoted)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "deed", "rest"),
    [
        (f"同意 {SP}", Deed.AGREE, ""),
        (f"同意 {SP} 下不为例", Deed.AGREE, "下不为例"),
        (f"{SP} 同意", Deed.AGREE, ""),
        (f"批准{SP}", Deed.AGREE, ""),
        (f"不同意 {SP} 太贵", Deed.REFUSE, "太贵"),
        (f"驳回 {SP} 太贵", Deed.REFUSE, "太贵"),
        (f"拒绝 {SP}，太贵", Deed.REFUSE, "太贵"),
        (f"退回 {SP} 上一步 缺照片", Deed.RETURN, "上一步 缺照片"),
        (f"转交 {SP} 王强", Deed.DELEGATE, "王强"),
        (f"委派 {SP} 王强", Deed.ENTRUST, "王强"),
        (f"加签 {SP} 李工 前", Deed.ADD, "李工 前"),
        (f"减签 {SP} 李工", Deed.REMOVE, "李工"),
        (f"问 {SP} 为什么这么贵", Deed.ASK, "为什么这么贵"),
        (f"评论 {SP} 客户同意", Deed.COMMENT, "客户同意"),
        (f"撤回 {SP}", Deed.WITHDRAW, ""),
        (f"拿回 {SP}", Deed.TAKE_BACK, ""),
        (f"催办 {SP}", Deed.EXPEDITE, ""),
        (f"重新提交 {SP} 4500元 已降价", Deed.RESUBMIT, "4500元 已降价"),
        (f"审批 {SP}", Deed.SHOW, ""),
        ("ｓｐ２０２６１１３０ ０００１", Deed.SHOW, ""),
    ],
)
def test_words_with_a_number(text: str, deed: Deed, rest: str):
    found = read(text)

    assert (found.deed, found.number) == (deed, SP)
    assert found.rest == rest or deed is Deed.SHOW


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("同意", Deed.AGREE),
        ("我同意！", Deed.AGREE),
        ("同意👍", Deed.AGREE),
        ("不同意，太贵", Deed.REFUSE),
        ("全部同意", Deed.AGREE_ALL),
        ("批量同意 1 3", Deed.AGREE_ALL),
        ("待我审批", Deed.TASKS),
        ("我发起的", Deed.REQUESTS),
        ("审批", Deed.SHOW),
        ("请假 12-01 到 12-03 代理人 王强", Deed.AWAY),
        ("销假", Deed.BACK),
        ("离职交接 张三 李四", Deed.PASS_ON),
        ("申请 折扣 500元 老客户", Deed.START),
        ("问一句 为什么", Deed.ASK),
    ],
)
def test_words_without_a_number(text: str, deed: Deed):
    assert read(text).deed is deed


def test_an_approval_about_a_work_order_goes_by_its_number():
    assert read(f"同意 {WO}").number == WO


@pytest.mark.parametrize("word", ["通过", "拒绝", "驳回", "不通过"])
def test_words_with_another_meaning_are_marked(word: str):
    assert read(word).shared


@pytest.mark.parametrize(
    ("text", "indexes", "rest"),
    [
        ("同意 1 3", (1, 3), ""),
        ("同意1", (1,), ""),
        ("同意 1、3 可以", (1, 3), "可以"),
        ("同意 1-3", (1, 2, 3), ""),
        ("同意 第2项", (2,), ""),
        ("不同意 2 太贵", (2,), "太贵"),
        ("批量同意 1 3", (1, 3), ""),
        ("同意 3 台都换", (), "3 台都换"),
        ("同意 3号冷库换压缩机", (), "3号冷库换压缩机"),
    ],
)
def test_lines_of_a_list_may_be_named(text: str, indexes: tuple[int, ...], rest: str):
    assert (read(text).indexes, read(text).rest) == (indexes, rest)


def test_the_last_four_digits_are_enough():
    assert (read("同意 0001 好").tail, read("同意 0001 好").rest) == ("0001", "好")
    assert read("重新提交 4500").tail == ""


@pytest.mark.parametrize(
    ("text", "also", "rest"),
    [
        (f"同意 {SP} SP-20261130-0002 可以", ("SP-20261130-0002",), "可以"),
        (f"同意 {SP}、{WO}", (WO,), ""),
        ("同意 0001 0002 和 0003", ("0002", "0003"), ""),
        (f"同意 {SP} 参照 SP-20261130-0002", (), "参照 SP-20261130-0002"),
        (f"同意 {SP} 5000 以内", (), "5000 以内"),
    ],
)
def test_several_numbers_may_be_agreed_to(text: str, also: tuple[str, ...], rest: str):
    assert (read(text).also, read(text).rest) == (also, rest)
    assert read(text).several == bool(also)


def test_only_an_agreement_is_for_several_numbers():
    assert read(f"不同意 {SP} {WO} 已经批过").rest == f"{WO} 已经批过"


def test_the_number_of_a_quoted_card_counts_where_none_is_said():
    assert read("同意", f"待审批：折扣申请 {SP}").number == SP
    assert read(f"同意 {WO}", f"待审批：折扣申请 {SP}").number == WO
    assert read("同意 1", f"待审批：折扣申请 {SP}").number == ""


@pytest.mark.parametrize(
    "text",
    [
        "同意验收",
        "通过率低",
        "拒绝访问，系统登不进去",
        "问题解决了吗",
        "问 师傅到哪了",
        "问一下进度",
        "不同意见很多",
        "申请报修",
        "申请 维修",
        "催一下",
        "退回来的货到了",
        "审批 什么时候下来",
        "我发起的 上周那些单子怎么没有人来",
        WO,
        "取消",
        "",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text: str):
    assert read_approval(text) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("李强 前 请看价格", Named(("李强",), "before", "请看价格")),
        ("前 李强", Named(("李强",), "before")),
        ("李强 后", Named(("李强",), "after")),
        ("王强、李强", Named(("王强", "李强"))),
        ("给王强", Named(("王强",))),
        ("王强 0001 我在外地", Named(("王强 0001",), "beside", "我在外地")),
        ("", Named()),
    ],
)
def test_names_places_and_what_is_said_with_them(text: str, named: Named):
    assert read_people(text) == named


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("500元 老客户", Asked(50_000, "老客户")),
        ("老客户 优惠500元", Asked(50_000, "老客户 优惠")),
        ("5,000.01 元", Asked(500_001, "")),
        ("1.2万 采购", Asked(1_200_000, "采购")),
        ("500 老客户", Asked(50_000, "老客户")),
        ("¥300 赔付", Asked(30_000, "赔付")),
        ("客户 3 号机", Asked(None, "客户 3 号机")),
        ("老客户", Asked(None, "老客户")),
    ],
)
def test_an_amount_stands_anywhere(text: str, asked: Asked):
    assert read_amount(text) == asked


@pytest.mark.parametrize("text", ["-5元", "1.234元", "1,23元", "99999999999999元"])
def test_an_unclear_amount_is_no_guess(text: str):
    with pytest.raises(Unclear):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "from_at", "to_at"),
    [
        ("12-01 到 12-03 代理人 王强", "12月1日 00:00", "12月4日 00:00"),
        ("明天 王强", "12月1日 00:00", "12月2日 00:00"),
        ("12月1日下午至3日上午 由王强代理", "12月1日 12:00", "12月3日 12:00"),
        ("12-01 09:00 到 12-02 18:30 代理人：王强", "12月1日 09:00", "12月2日 18:30"),
        ("12-01 上午9点 到 下午 王强 12-01 下午6点", "12月1日 09:00", "12月1日 18:00"),
        ("12月30日到1月2日，代理 王强", "12月30日 00:00", "1月3日 00:00"),
    ],
)
def test_days_and_hours_of_an_absence(text: str, from_at: str, to_at: str):
    away = read_away(text, AT)

    assert (local_time(away.from_at), local_time(away.to_at)) == (from_at, to_at)
    assert away.name in ("王强", "")


@pytest.mark.parametrize(
    "text", ["下周", "12-03 到 12-01 王强", "11-01 到 11-03 王强", "13-45 王强", "2-30 王强"]
)
def test_impossible_days_are_refused(text: str):
    with pytest.raises(Unclear):
        read_away(text, AT)


def test_an_absence_over_new_year_is_next_year():
    assert read_away("1月2日到1月5日 王强", AT).from_at.year == 2027


@pytest.mark.parametrize(("text", "reason"), [("1", "金额过高"), ("2.", "资料不全"), ("9", ""), ("太贵", "")])
def test_a_number_stands_for_a_reason(text: str, reason: str):
    assert quick_reason(text) == reason
