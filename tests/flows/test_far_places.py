"""A place in another city never takes the place of the site unasked (rule RQ-18)."""

import pytest

from domain.assets.model import Asset, Customer
from tests.support.intake import only_draft
from tests.support.loop import Loop

BEIJING = (39.9, 116.4, "北京市朝阳区建国路 1 号")
NEAR = (31.21, 121.61, "张江镇")
SITE = {"latitude": 31.2, "longitude": 121.6, "site": "上海张江路 88 号"}


@pytest.fixture
def loop(loop: Loop) -> Loop:
    """Let it be known where Chen's machine stands."""
    loop.change(Asset, **SITE)
    return loop


def asked(loop: Loop) -> None:
    """Let Chen tell of a fault and share a place a thousand kilometres away."""
    loop.chen.says("LK-9001 冷库机组不制冷了")
    loop.chen.card("确认报修")
    loop.chen.shares_place(*BEIJING)
    text = loop.chen.card("去我发的位置", "师傅去哪里").text
    assert "设备登记在" in text
    assert "您发的位置在北京市朝阳区建国路 1 号" in text
    assert "公里" in text


@pytest.mark.parametrize("answer", ["去设备登记的地址", "还是老地方"])
def test_the_site_stays_where_the_customer_wants_it(loop: Loop, answer: str):
    asked(loop)

    loop.chen.says(answer)

    loop.chen.hears("请确认您的报修", times=2)
    assert "北京" not in loop.chen.card("确认报修", "张江路 88 号").text
    loop.chen.taps("确认报修")
    loop.chen.hears("已收到您的报修")
    order = loop.only_order()
    assert order.region == "华东"
    assert (order.details["latitude"], order.details["longitude"]) == (31.2, 121.6)
    assert "张江路 88 号" in order.details["address"]


def test_the_other_place_is_taken_with_no_region_when_it_is_chosen(loop: Loop):
    asked(loop)

    loop.chen.taps("去我发的位置")

    loop.chen.card("确认报修", "北京市朝阳区建国路 1 号")
    loop.chen.taps("确认报修")
    loop.chen.hears("已收到您的报修")
    order = loop.only_order()
    assert order.region == ""
    assert (order.details["latitude"], order.details["address"]) == (39.9, BEIJING[2])


def test_a_place_near_the_site_is_taken_as_before(loop: Loop):
    loop.chen.says("LK-9001 冷库机组不制冷了")
    loop.chen.card("确认报修")

    loop.chen.shares_place(*NEAR)

    loop.chen.card("确认报修", "张江镇")
    assert only_draft(loop).known.far is None


def test_a_far_place_that_is_corrected_by_a_near_one_is_asked_no_more(loop: Loop):
    asked(loop)

    loop.chen.shares_place(*NEAR)

    loop.chen.card("确认报修", "张江镇")


def test_danger_does_not_wait_for_the_answer(loop: Loop):
    loop.chen.shares_place(*BEIJING)
    loop.chen.says("LK-9001 冷库机组着火了，快来人救命")

    loop.settle()
    order = loop.only_order()
    assert order.details["latitude"] == 31.2
    assert "北京市朝阳区" in order.description


def test_cities_are_compared_where_no_coordinates_are_known(loop: Loop):
    loop.change(Asset, latitude=None, longitude=None, site="")
    loop.change(Customer, address="上海市张江路 88 号")
    loop.chen.says("LK-9001 冷库机组不制冷了")
    loop.chen.card("确认报修")

    loop.chen.shares_place(*BEIJING)

    assert "公里" not in loop.chen.card("去我发的位置", "师傅去哪里").text
