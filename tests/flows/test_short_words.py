"""Short words of customers: to a late cancelling, to finished work, to a question that is over."""

import pytest

from tests.support.closing import begin
from tests.support.field import EN_ROUTE, order_of, under_way
from tests.support.intake import colleague, drafts
from tests.support.loop import Loop


@pytest.mark.parametrize("word", ["催一下", "快点", "尽快", "抓紧", "麻烦快点吧", "催催"])
def test_urging_by_a_word_alone_reaches_somebody(loop: Loop, word: str):
    number = loop.chen.reports()

    loop.chen.says(word)

    assert loop.chen.hears("已为您催单", number)
    assert loop.desk.hears("催单", number)


def asked_about_cancelling(loop: Loop) -> str:
    """Let Chen be asked whether she really cancels, and return the number."""
    number = under_way(loop, far=EN_ROUTE)
    loop.chen.says("取消")
    loop.chen.card("确认取消", number)
    return number


@pytest.mark.parametrize("word", ["确认取消", "是的，确定取消", "确定"])
def test_a_late_cancelling_is_confirmed_in_words(loop: Loop, word: str):
    number = asked_about_cancelling(loop)

    loop.chen.says(word)

    assert loop.chen.hears(number, "已取消")
    assert order_of(loop, number).status == "cancelled"


@pytest.mark.parametrize("word", ["不取消", "算了不取消了", "算了"])
def test_a_late_cancelling_is_taken_back_in_words(loop: Loop, word: str):
    number = asked_about_cancelling(loop)

    loop.chen.says(word)

    assert loop.chen.hears(number, "继续处理")
    assert order_of(loop, number).status == "en_route"


def test_a_cancelling_that_was_not_asked_about_is_asked_about_first(loop: Loop):
    number = under_way(loop, far=EN_ROUTE)

    loop.chen.says("确认取消")

    assert loop.chen.card("确认取消", number)


def test_who_joined_a_work_order_sees_it(loop: Loop):
    number = loop.chen.reports("3号冷库机组不制冷了")
    other = colleague(loop, "马超")
    other.says("3号冷库机组不制冷了")
    other.card("加入这个工单", number)
    other.taps("加入这个工单")
    other.hears("已把您加入工单", number)

    other.says("修到哪了")

    assert other.hears("进展", number)


@pytest.mark.parametrize("words", ["请主管联系我 {}", "确认取消 {}", "进度 {}", "取消 {}"])
def test_another_customers_number_reads_like_one_that_does_not_exist(loop: Loop, words: str):
    number = under_way(loop)

    loop.lin.says(words.format(number))
    foreign = loop.lin.hears("没有找到工单", number)
    loop.lin.says(words.format("WO-20990101-0001"))

    assert loop.lin.hears("WO-20990101-0001") == foreign.replace(number, "WO-20990101-0001")


@pytest.mark.parametrize("words", ["行，通过", "可以了", "好的，没问题"])
def test_finished_work_is_accepted_in_words(loop: Loop, words: str):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()

    ending.says(words)

    ending.becomes("signed_off")


def test_an_agreement_to_anything_is_asked_about_once(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()

    ending.says("好的")
    ending.customer.hears("修好了吗", ending.number)
    assert loop.only_order().status == "completed"
    ending.says("嗯嗯，好的")

    ending.becomes("signed_off")


def test_an_agreement_is_asked_about_while_other_work_is_under_way(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    under_way(loop)

    loop.chen.says("好的，没问题")

    loop.chen.hears("修好了吗", ending.number)
    assert order_of(loop, ending.number).status == "completed"


def test_a_thank_you_is_answered_kindly(loop: Loop):
    loop.chen.says("谢谢")

    assert loop.chen.hears("不客气")


@pytest.mark.parametrize("label", ["加入这个工单", "跳过", "以上都不对", "不是，单独报修", "合成一张"])
def test_a_label_whose_question_is_over_is_no_fault(loop: Loop, label: str):
    loop.chen.says(label)

    loop.chen.hears(f"“{label}”对应的问题已经结束")
    assert not drafts(loop)


def test_a_label_is_no_part_of_a_request_that_waits(loop: Loop):
    loop.chen.says("3号冷库机组不制冷了")
    loop.chen.card("确认报修")

    loop.chen.says("加入这个工单")

    loop.chen.hears("对应的问题已经结束")
    assert "加入" not in drafts(loop)[0].known.report_words


@pytest.mark.parametrize("words", ["那个工单重新打开吧，还是要修", "重开"])
def test_a_cancelled_work_order_is_reported_anew_instead_of_reopened(loop: Loop, words: str):
    cancelled = loop.chen.reports()
    loop.chen.says(f"取消 {cancelled}")
    loop.chen.hears(cancelled, "已取消")
    under_way(loop)

    loop.chen.says(words)

    assert loop.chen.hears(cancelled, "已取消的工单不能重开，请直接描述故障重新报修")
    assert not loop.events("WordsRelayed")


def test_which_work_order_to_reopen_is_asked(loop: Loop):
    first, second = under_way(loop, far=0), under_way(loop, far=0)
    for number in (first, second):
        loop.chen.says(f"取消 {number}")
        loop.chen.hears(number, "已取消")

    loop.chen.says("重新打开那个工单")

    assert loop.chen.hears("2 张工单都可以", f"重开 {first}", f"重开 {second}")


@pytest.mark.parametrize("words", ["查 LK-7777", "查 13800000021", "设备 沪A12345"])
def test_a_customer_looks_up_only_their_own(loop: Loop, words: str):
    under_way(loop)

    loop.chen.says(words)

    loop.chen.hears("没有找到", "只能查您自己的设备")
    assert not loop.events("WordsRelayed")
    assert not loop.desk.told("要找人工")
