"""Pictures that come after the summary are acknowledged once for a burst (rule RQ-20)."""

from tests.support import cast
from tests.support.intake import only_draft
from tests.support.loop import Loop

KEPT = "确认报修后会一起交给技师"


def test_three_pictures_after_the_summary_are_acknowledged_once(loop: Loop):
    loop.chen.says("3号冷库机组不制冷了")
    loop.chen.card("确认报修", "请确认")
    loop.settle()
    for content in (b"\xff\xd8\xff1", b"\xff\xd8\xff2", b"\xff\xd8\xff3"):
        loop.wecom.customer_sends_image(cast.CHEN, content)
    loop.settle()
    assert not loop.chen.told(KEPT)

    loop.advance(6)

    loop.chen.hears("已收到 3 张照片", KEPT)
    loop.settle()
    assert len(loop.chen.told(KEPT)) == 1
    loop.chen.taps("确认报修")
    loop.chen.hears("已收到您的报修", "照片：3 张，已附在工单里")


def test_a_picture_is_acknowledged_by_the_receipt_where_it_is_confirmed_at_once(loop: Loop):
    loop.chen.says("3号冷库机组不制冷了")
    loop.chen.card("确认报修", "请确认")
    loop.wecom.customer_sends_image(cast.CHEN, b"\xff\xd8\xff1")
    loop.settle()

    loop.chen.taps("确认报修")

    loop.chen.hears("已收到您的报修", "照片：1 张，已附在工单里")
    assert not loop.chen.told(KEPT)


def test_the_reminder_comes_as_before(loop: Loop):
    loop.chen.says("3号冷库机组不制冷了")
    loop.chen.card("确认报修", "请确认")
    loop.wecom.customer_sends_image(cast.CHEN, b"\xff\xd8\xff1")
    loop.settle()
    loop.advance(6)
    loop.chen.hears("已收到 1 张照片")
    loop.settle()

    loop.advance(31 * 60)

    loop.chen.hears("提醒：这条报修还没有确认")
    assert only_draft(loop).known.reminded
