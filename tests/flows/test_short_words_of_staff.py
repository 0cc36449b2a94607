"""Short words of staff: an agreement to an offer, the last four digits of a number, steps that do not fit."""

import pytest

from tests.support.closing import begin
from tests.support.field import ACCEPTED, ON_SITE, order_of, under_way
from tests.support.loop import Loop


def offered(loop: Loop) -> str:
    """Let Li be asked, and return the number."""
    number = loop.chen.reports()
    loop.li.card("接单", number)
    return number


@pytest.mark.parametrize("words", ["接", "接单吧", "ok马上去", "好的，我接了"])
def test_the_only_offer_is_accepted_in_any_words(loop: Loop, words: str):
    number = offered(loop)

    loop.li.says(words)

    assert loop.li.hears("您已接单", number)


def test_a_mere_receipt_names_what_waits(loop: Loop):
    number = offered(loop)

    loop.li.says("收到")

    assert loop.li.hears(number, "还在等您接单", f"接单 {number}")
    assert order_of(loop, number).status == "offered"


def test_who_works_and_sets_out_has_not_accepted_the_next_one(loop: Loop):
    under_way(loop, far=ACCEPTED)
    number = loop.chen.reports("2号冷库漏水")
    loop.zhao.says(f"派单 {number} 李强")
    loop.li.card("接单", number)

    loop.li.says("马上去")

    assert loop.li.hears(number, "还在等您接单")


def test_the_last_four_digits_are_enough(loop: Loop):
    number = offered(loop)

    loop.zhao.says(f"派单 {number[-4:]} 王芳")
    loop.wang.card("接单", number)
    loop.wang.says(f"接单 {number[-4:]}")
    loop.wang.hears("您已接单", number)
    loop.wang.says(f"转单 {number[-4:]} 李强 家里有事")

    assert loop.wang.hears("已把工单", number, "李强")
    assert loop.events("WorkOrderOffered")[-1]["reason"] == "家里有事"


def test_digits_of_no_work_order_are_told(loop: Loop):
    loop.zhao.says("派单 0099 王芳")

    assert loop.zhao.hears("没有找到工单 0099")


def test_digits_that_end_two_numbers_are_asked_about(loop: Loop):
    number = offered(loop)
    loop.advance(86_400)
    other = loop.chen.reports("2号冷库漏水")
    assert number[-4:] == other[-4:]

    loop.zhao.says(f"优先级 {number[-4:]} P2 客户停产")

    assert loop.zhao.hears("2 张工单", number, other)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("优先级 {} P0", "P1 危急、P2 紧急、P3 普通、P4 不急"),
        ("优先级 {}", "P1 危急、P2 紧急、P3 普通、P4 不急"),
    ],
)
def test_a_priority_that_does_not_exist_is_answered_with_those_that_do(loop: Loop, words: str, told: str):
    number = offered(loop)

    loop.zhao.says(words.format(number))

    assert loop.zhao.hears(told, number)


def test_a_follow_up_without_a_result_says_how_once(loop: Loop):
    number = offered(loop)

    loop.wu.says(f"回访 {number}")

    assert "需要带上完整内容" not in loop.wu.hears("请说明回访结果", number)


def test_a_score_behind_the_number_is_a_score(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    ending.says("行，通过")
    ending.becomes("signed_off")

    ending.says(f"评价 {ending.number} 5")

    assert [one["score"] for one in loop.events("ServiceRated")] == [5]


def test_a_rating_without_a_score_says_how_once(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()

    ending.says(f"评价 {ending.number}")

    assert "需要带上完整内容" not in ending.customer.hears("请打 1～5 分", ending.number)


def test_a_step_that_was_taken_names_the_next(loop: Loop):
    number = under_way(loop, far=ON_SITE)

    loop.li.says(f"出发 {number}")

    assert loop.li.hears(f"下一步：开始处理 {number}")


def test_a_close_before_the_settlement_says_what_comes_first(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    ending.says("行，通过")
    ending.becomes("signed_off")

    loop.zhao.says(f"关单 {ending.number} 客户要求免回访")

    assert loop.zhao.hears("请先结算", ending.number)


def test_a_completion_while_acceptance_is_waited_for_says_how_to_correct(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()

    ending.technician.says(f"完工 {ending.number}")

    assert ending.technician.hears(f"修改报告 {ending.number}")


def test_who_works_on_nothing_is_told_what_waits(loop: Loop):
    number = offered(loop)

    loop.li.says("进展 已到门口")

    assert loop.li.hears("还有 1 张等您接单", f"接单 {number}")


def test_a_manager_without_an_order_learns_where_all_are(loop: Loop):
    loop.zheng.says("进度")

    assert "派给您" not in loop.zheng.hears("工单池")


def test_the_desk_is_not_told_to_call_the_desk(loop: Loop):
    number = offered(loop)

    loop.zhao.says(f"告诉师傅 {number} 先打电话")

    assert "转人工" not in loop.zhao.hears("已记到工单", number)
