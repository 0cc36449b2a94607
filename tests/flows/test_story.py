"""The story: a fault reported in WeCom becomes a job that somebody accepts, told to everybody."""

from tests.support.cast import MOBILE


def test_a_fault_reported_in_wechat_is_accepted_by_a_press_in_dingtalk(loop):
    number = loop.chen.reports("3号冷库机组不制冷了")

    loop.li.card("接单", number, "3号冷库机组不制冷了")
    pressed = loop.li.presses("接单")

    assert pressed.code == 200
    assert loop.chen.hears(number, "李强 技师", MOBILE["李强"])
    assert loop.li.hears(number, "已接单：李强")
    assert not loop.li.has_button("接单")
    assert loop.desk.hears(number, "已接单：李强")


def test_a_declined_job_is_accepted_by_the_next_technician_in_words(loop):
    number = loop.chen.reports()

    loop.li.card("拒单")
    loop.li.presses("拒单")
    loop.li.hears("直接回复原因")
    loop.li.says("今天在外地，赶不回来")
    loop.wang.card("接单", number)
    loop.wang.says(f"接单 {number}")

    assert loop.chen.hears(number, "王芳 技师")
    assert loop.desk.hears(number, "已接单：王芳")
    assert loop.events("WorkOrderDeclined")[0]["reason"] == "今天在外地，赶不回来"
    loop.settle()
    assert not loop.li.has_button("接单")


def test_progress_is_answered_with_node_owner_and_time(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.li.presses("接单")
    loop.chen.hears("李强 技师")

    loop.chen.says("进度")

    assert loop.chen.hears(number, "已接单", f"李强（{MOBILE['李强']}）", "更新时间")


def test_a_fault_reported_in_the_wecom_app_is_accepted_by_a_press_on_a_template_card(loop):
    number = loop.lin.reports("制冰机一直报警")

    loop.sun.card("接单", number, "制冰机一直报警")
    loop.sun.presses("接单")

    assert loop.lin.hears(number, "孙浩 技师")
    assert loop.sun.hears(number, "已接单：孙浩")
    loop.settle()
    assert not loop.sun.has_button("接单")
    assert len(loop.sun.told(number)) == 1
    assert loop.calls("message/update_template_card")


def test_a_technician_on_wecom_declines_by_press_and_the_next_on_dingtalk_accepts(loop):
    number = loop.lin.reports()
    loop.sun.card("拒单")
    loop.sun.presses("拒单")
    loop.sun.hears("直接回复原因")

    loop.sun.says("车坏了")
    loop.wang.card("接单", number)
    loop.wang.presses("接单")

    assert loop.lin.hears(number, "王芳 技师")
    assert loop.sun.hears(number, "已接单：王芳")
    loop.settle()
    assert not loop.sun.has_button("接单")


def test_a_technician_on_wecom_accepts_in_words(loop):
    number = loop.lin.reports()
    loop.sun.card("接单")

    loop.sun.says("接单")

    assert loop.sun.hears("您已接单", number)
    assert loop.lin.hears("孙浩 技师")
    loop.settle()
    assert not loop.sun.has_button("接单")


def test_the_technicians_card_shows_the_customers_machine_and_address(loop):
    loop.chen.reports("冷库机组 LK-9001 结霜")

    card = loop.li.card("接单")

    for words in ("沪冷物流", "冷库机组（LK-9001）", "张江路 88 号", MOBILE["陈静"]):
        assert words in card.text


def test_the_desk_learns_of_every_step_but_never_sees_a_customers_number(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.li.presses("接单")

    loop.desk.hears(number, "已接单：李强")
    loop.webhook_group.hears(number, "已接单：李强")
    loop.settle()

    assert len(loop.desk.told(number)) == 1
    assert not loop.desk.told(MOBILE["陈静"]) + loop.webhook_group.told(MOBILE["陈静"])


def test_every_order_of_a_day_has_a_number_of_its_own(loop):
    first = loop.chen.reports("一号机坏了")
    second = loop.lin.reports("二号机坏了")

    assert first.endswith("-0001")
    assert second.endswith("-0002")
