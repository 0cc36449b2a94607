"""Somebody unknown is led to a binding by mobile number; nothing is guessed and nothing they said is lost."""

import pytest

from sandbox.core.faults import Fault
from tests.support.actors import Member, User
from tests.support.cast import CHEN, MOBILE, NOBODYS_MOBILE
from tests.support.loop import Loop


@pytest.fixture(autouse=True)
def eager_customers(stage: Loop) -> None:
    """Let customers confirm every summary at once."""
    stage.let_customers_confirm()


NOT_CONFIRMED = "没能核实这个手机号属于您"


@pytest.fixture
def zhou(loop) -> User:
    """A technician whom nobody has bound, on DingTalk."""
    return User(loop.dingtalk, loop.journal, "zhou")


@pytest.fixture
def zhou_member(loop) -> Member:
    """The same technician as a member of the WeCom corp."""
    return Member(loop.wecom, "zhou.tao")


def _identities(loop, name: str) -> set[tuple[str, str]]:
    return {(one.platform, one.user_id) for one in loop.identities(name)}


def test_a_technician_is_bound_by_the_number_in_dingtalks_address_book(loop, zhou):
    zhou.says("我的工单")
    zhou.hears("手机号")

    zhou.says(f"我的手机号是 {MOBILE['周涛']}")

    assert zhou.hears("绑定成功", "周涛", "技师")
    assert zhou.hears("现在没有派给您的工单"), "the words said before were not forgotten"
    assert _identities(loop, "周涛") == {("dingtalk", "zhou")}


def test_a_technician_is_bound_by_the_number_in_wecoms_address_book(loop, zhou_member):
    zhou_member.says("你好")
    zhou_member.hears("手机号")

    zhou_member.says(MOBILE["周涛"])

    assert zhou_member.hears("绑定成功", "周涛")
    assert _identities(loop, "周涛") == {("wecom", "zhou.tao")}


@pytest.mark.parametrize("number", [MOBILE["李强"], MOBILE["陈静"], NOBODYS_MOBILE, "13612345678"])
def test_a_number_that_is_somebody_elses_binds_nobody_on_dingtalk(loop, zhou, number):
    zhou.says(number)

    assert zhou.hears(NOT_CONFIRMED)
    assert not _identities(loop, "周涛")


@pytest.mark.parametrize("number", [MOBILE["孙浩"], MOBILE["陈静"], "13612345678"])
def test_a_number_that_is_somebody_elses_binds_nobody_on_wecom(loop, zhou_member, number):
    zhou_member.says(number)

    assert zhou_member.hears(NOT_CONFIRMED)
    assert not _identities(loop, "周涛")


def test_a_confirmed_number_that_we_do_not_know_is_told_so(loop):
    stranger = User(loop.dingtalk, loop.journal, "stranger")

    stranger.says(NOBODYS_MOBILE)

    assert stranger.hears("系统里没有登记这个手机号")


def test_a_binding_waits_while_the_address_book_is_down(loop, zhou):
    loop.faults.once("user/getbymobile", Fault(status=502, body="<html>Bad Gateway</html>"), times=2)
    zhou.says(MOBILE["周涛"])
    for _ in range(2):
        loop.settle()
        loop.advance(5)

    assert zhou.hears("绑定成功")
    assert len(zhou.told("绑定成功")) == 1


def test_without_the_right_to_look_up_numbers_no_staff_is_bound(loop, zhou):
    loop.dingtalk.scopes.discard("fieldMobile")

    zhou.says(MOBILE["周涛"])

    assert zhou.hears(NOT_CONFIRMED)
    assert not _identities(loop, "周涛")


def test_without_the_right_to_look_up_numbers_a_member_may_still_become_a_customer(loop):
    loop.faults.always("user/getuserid", Fault(error={"errcode": 48002}))
    stranger = Member(loop.wecom, "stranger")
    stranger.says("会议室空调漏水")
    stranger.hears("手机号")

    stranger.says(NOBODYS_MOBILE)

    assert stranger.hears("绑定成功", "客户")
    stranger.card("跳过")
    stranger.presses("跳过")
    stranger.card("确认报修")
    stranger.presses("确认报修")
    assert stranger.hears("已收到您的报修", "会议室空调漏水")
    loop.settle()
    assert len(loop.orders()) == 1


def test_a_visitor_is_led_to_the_contact_of_a_customer_and_the_fault_becomes_one_order(loop):
    loop.visitor.says("冷库门关不上了")
    loop.visitor.hears("手机号")
    assert loop.desk.hears("未登记的微信客户", "冷库门关不上了")

    loop.visitor.says(MOBILE["何洁"])

    assert loop.visitor.hears("绑定成功", "何洁")
    assert loop.visitor.hears("已收到您的报修", "冷库门关不上了")
    loop.settle()
    assert loop.only_order().customer_id == loop.person("何洁").customer_id
    assert len(loop.visitor.told("已收到您的报修")) == 1


def test_a_fault_and_a_number_in_one_message_are_enough(loop):
    loop.visitor.says(f"冷库门关不上了，我的电话 {MOBILE['何洁']}")

    assert loop.visitor.hears("绑定成功", "何洁")
    assert loop.visitor.hears("已收到您的报修", "冷库门关不上了")
    loop.settle()
    assert len(loop.orders()) == 1


def test_every_kept_message_is_worked_off(loop):
    loop.visitor.says("冷库门关不上了")
    loop.visitor.hears("手机号")
    loop.visitor.says("进度")
    loop.visitor.hears("手机号", times=2)

    loop.visitor.says(MOBILE["何洁"])

    assert loop.visitor.hears("目前没有工单")
    assert loop.visitor.hears("请确认您的报修", "冷库门关不上")


def test_a_visitor_with_an_unknown_number_becomes_a_customer_of_nobody(loop):
    loop.visitor.says("热水器不热")
    loop.visitor.hears("手机号")

    loop.visitor.says("13612345678")
    loop.visitor.hears("上门地址")
    loop.visitor.taps("跳过")

    assert loop.visitor.hears("已收到您的报修", "热水器不热")
    assert loop.only_order().customer_id is None
    assert "未登记客户" in loop.desk.hears("热水器不热", "待")


def test_a_visitor_who_gives_a_known_contacts_number_sees_none_of_its_orders(loop):
    number = loop.chen.reports("陈静的冷库坏了")
    loop.visitor.says(MOBILE["陈静"])
    loop.visitor.hears("绑定成功")

    loop.visitor.says("进度")
    assert loop.visitor.hears("您目前没有工单")
    loop.visitor.says(f"进度 {number}")
    assert loop.visitor.hears(f"没有找到工单 {number}")
    loop.visitor.says(f"取消 {number}")
    assert loop.visitor.hears(f"没有找到工单 {number}", times=2)

    loop.settle()
    assert not loop.visitor.told("陈静的冷库坏了")
    assert _identities(loop, "陈静") == {("wecom_external", CHEN)}


def test_a_visitor_who_gives_a_technicians_number_gets_no_rights(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.visitor.says(MOBILE["李强"])
    loop.visitor.hears("绑定成功", "客户")

    loop.visitor.says(f"接单 {number}")

    assert loop.visitor.hears(f"没有找到工单 {number}")
    assert not loop.events("WorkOrderAccepted")


def test_a_number_said_twice_binds_once(loop):
    loop.visitor.says(MOBILE["何洁"])
    loop.visitor.says(MOBILE["何洁"])
    loop.visitor.hears("绑定成功")

    loop.settle()
    assert len(loop.identities("何洁")) == 1
    assert len(loop.visitor.told("绑定成功")) == 1


def test_an_employee_of_another_company_in_a_group_is_told_why_nothing_happens(loop):
    loop.dingtalk.stranger_says("外部人员", "接单", loop.desk_group)

    assert loop.desk.hears("平台没有提供您的员工账号")
