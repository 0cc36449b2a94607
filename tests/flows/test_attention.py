"""What people must notice reaches them as something new, and nobody is passed over unseen."""

import pytest

from sandbox.core.faults import Fault
from tests.support.loop import Loop


@pytest.fixture(autouse=True)
def eager_customers(stage: Loop) -> None:
    """Let customers confirm every summary at once."""
    stage.let_customers_confirm()


TEN_MINUTES = 601


def test_who_is_asked_again_gets_a_new_card(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.settle()
    loop.advance(TEN_MINUTES)
    loop.wang.card("接单")
    loop.settle()
    shown = len(loop.li.shown())

    loop.zhao.says(f"派单 {number} 李强")

    assert loop.li.card("接单", number)
    assert len(loop.li.shown()) == shown + 1


def test_a_technician_who_accepted_is_told_in_words_that_it_is_cancelled(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.li.presses("接单")
    loop.order_becomes("accepted")

    loop.chen.says(f"取消 {number} 又好了")

    assert loop.li.hears(number, "又好了", "您不用再去了")


def test_an_offer_that_could_not_be_delivered_has_its_time_again(loop):
    loop.faults.always("card/createAndDeliver", Fault(status=502))
    number = loop.chen.reports()
    loop.order_becomes("offered")
    loop.advance(TEN_MINUTES)
    loop.journal.wait_for(lambda: loop.events("OfferExtended"), 10, "the extended offer")

    loop.faults.always("card/createAndDeliver", None)

    assert loop.li.card("接单", number)
    assert not loop.events("OfferExpired")


def test_a_technicians_list_says_whom_to_call_and_where_to_go(loop):
    number = loop.chen.reports()
    loop.li.card("接单")

    loop.li.says("我的工单")

    assert loop.li.hears(number, "待接单", "陈静", "前答复")


def test_a_new_offer_is_found_among_many_jobs(loop):
    for fault in range(6):
        number = loop.chen.reports(f"{fault}号冷库机组不制冷了")
        loop.zhao.says(f"派单 {number} 李强")
        loop.li.card("接单", number)
        loop.li.says(f"接单 {number}")
        loop.li.hears("您已接单", number)
    number = loop.chen.reports("7号冷库漏水")
    loop.zhao.says(f"派单 {number} 李强")
    loop.li.card("接单", number)

    loop.li.says("接单")

    assert loop.li.hears("您已接单", number)


def test_urging_makes_no_second_work_order(loop):
    number = loop.chen.reports()

    loop.chen.says("怎么还没来")
    loop.chen.hears("进展", number)
    loop.chen.says("转人工")

    assert loop.chen.hears("已转告服务台")
    assert loop.desk.hears("要找人工")
    assert len(loop.orders()) == 1


def test_words_about_an_open_work_order_are_added_to_it(loop):
    number = loop.chen.reports()

    loop.chen.says(f"{number} 还有漏水")

    assert loop.chen.hears("工单", number)
    assert len(loop.orders()) == 1
