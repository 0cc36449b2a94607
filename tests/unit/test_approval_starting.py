"""Asking for an approval: which one, how much, about what, and nudging whoever is to decide."""

from datetime import timedelta

import pytest

from bot.errors import RequestUnknown
from domain.approval.errors import AmountMissing, AmountZero, NudgedAlready
from domain.workorder.status import Status
from tests.support.builders import NUMBER, work_order
from tests.support.talking import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.mark.parametrize("text", ["申请", "发起申请", "申请 500元", "申请 退款 500元", "申请 order_default"])
def test_without_a_known_name_the_requests_are_listed_with_an_example(talk: Talk, text: str):
    with pytest.raises(RequestUnknown) as refused:
        talk.says(text)

    said = refused.value.message
    assert "可以发起的申请有：折扣申请、采购申请。例如：申请 折扣 3000元 原因。" in said
    assert ("没有“退款”这种申请" in said) is ("退款" in text)
    assert "工单流程" not in said
    assert "discount" not in said


def test_the_example_keeps_the_work_order_that_was_named(talk: Talk):
    with pytest.raises(RequestUnknown) as refused:
        talk.says(f"申请 {NUMBER}")

    assert refused.value.message.endswith(f"例如：申请 折扣 {NUMBER} 3000元 原因。")
    assert "没有“" not in refused.value.message


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("申请折扣300元", "折扣申请 SP-20261124-0001（300 元）"),
        ("我要申请折扣300元", "折扣申请 SP-20261124-0001（300 元）"),
        ("我要申请 折扣 300元 老客户", "折扣申请 SP-20261124-0001（300 元）"),
        ("申请采购压缩机两台 3000元", "采购申请 SP-20261124-0001（3,000 元）"),
    ],
)
def test_a_request_is_read_without_blanks(talk: Talk, text: str, heard: str):
    assert f"已发起：{heard}" in (talk.says(text) or "")


@pytest.mark.parametrize(
    "text", ["申请折扣", "我要申请折扣", "申请折扣的流程是什么", "申请 折扣", "申请 折扣 五百 老客户"]
)
def test_without_an_amount_the_answer_is_an_example(talk: Talk, text: str):
    with pytest.raises(AmountMissing) as refused:
        talk.says(text)

    assert "“折扣申请”要用数字写明金额" in refused.value.message
    assert "例如：申请 折扣 3000元 " in refused.value.message
    assert "五百" not in refused.value.message


@pytest.mark.parametrize(
    "text", ["申请报修", "申请退款300元", "我要申请", "申请人说可以", "我想申请休息", "他申请折扣了"]
)
def test_other_words_are_left_alone(talk: Talk, text: str):
    assert talk.says(text) is None


def test_nothing_to_ask_for_is_no_command():
    assert Talk("order_default").says("申请 折扣 300元") is None


@pytest.mark.parametrize("amount", ["0元", "0", "¥0.00"])
def test_an_amount_of_nothing_is_refused(talk: Talk, amount: str):
    with pytest.raises(AmountZero) as refused:
        talk.says(f"申请 折扣 {amount} 老客户")

    assert refused.value.message.endswith("例如：申请 折扣 3000元 老客户。")
    number = talk.asks()
    talk.says(f"退回 {number} 缺照片", talk.approver)
    with pytest.raises(AmountZero):
        talk.says(f"重新提交 {number} {amount}")


def test_the_receipt_names_the_work_order():
    talk = Talk(orders=[work_order(Status.IN_PROGRESS)])

    said = talk.says(f"申请 折扣 {NUMBER} 9000元 老客户")

    assert said is not None
    assert said.startswith(f"已发起：折扣申请 SP-20261124-0001（9,000 元），工单 {NUMBER}。等 吴涛 审批")
    assert f"），工单 {NUMBER}：审批中，等 吴涛" in (talk.says("SP-20261124-0001") or "")


def test_nudging_is_once_in_half_an_hour(talk: Talk):
    number = talk.asks()
    assert talk.says(f"催办 {number}") == f"已催办：{number}。"
    talk.passes(29)
    with pytest.raises(NudgedAlready) as refused:
        talk.says("催办")
    assert refused.value.message.startswith(f"{number} 在 11月24日 09:00 已经催办过，没有重复发送")

    talk.at += timedelta(minutes=1)
    assert talk.says("催办 0001") == f"已催办：{number}。"
    assert sum(one.view.get("news") == "expedited" for one in talk.uow.notices) == 2
