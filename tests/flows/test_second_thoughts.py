"""What is asked about once before it is done, and what can still be corrected afterwards."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from domain.assets.model import Asset, Contract, Customer
from tests.support.closing import Ending, begin
from tests.support.field import give_checklist, under_way
from tests.support.loop import Loop


def covered(loop: Loop) -> None:
    """Give Chen's firm a contract that covers everything."""
    today = loop.clock.now().date()
    with loop.database.write() as session, session.begin():
        firm = session.execute(select(Customer).where(Customer.code == "C001")).scalar_one()
        session.add(
            Contract(
                id=uuid4(),
                number="HT-1",
                customer_id=firm.id,
                name="全保",
                starts_on=today - timedelta(days=9),
                ends_on=today + timedelta(days=99),
                parts=True,
                labour=True,
                travel=True,
                sla_level="",
                created_at=loop.clock.now(),
            )
        )


def accepted(loop: Loop) -> Ending:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    ending.says("验收通过")
    ending.becomes("signed_off")
    return ending


def test_who_pays_is_asked_about_once_where_a_contract_does(loop: Loop):
    covered(loop)
    ending = accepted(loop)

    ending.finance.says(f"结算 {ending.number} ３８０．５元 客户付")
    ending.finance.card("仍由客户付", "合同承担", "380.50")
    assert loop.only_order().status == "signed_off"
    ending.finance.presses("由合同承担")

    ending.becomes("settled")
    assert (loop.only_order().settled_fen, loop.only_order().payer) == (38050, "contract")


def test_the_same_words_again_let_the_customer_pay(loop: Loop):
    covered(loop)
    ending = accepted(loop)

    for _ in range(2):
        ending.finance.says(f"结算 {ending.number} 380.5元 客户付")
        loop.settle()

    ending.becomes("settled")
    assert loop.only_order().payer == "customer"


def test_a_settled_amount_is_corrected_and_the_customer_is_told(loop: Loop):
    ending = accepted(loop)
    ending.finance.says(f"结算 {ending.number} 380.5元 客户付")
    ending.becomes("settled")

    ending.finance.says(f"结算 {ending.number} 120元 客户付")
    ending.finance.hears("已结算", "120.00 元")
    assert ending.customer.hears("费用已更正", "原来 380.50 元", "120.00 元")
    ending.finance.says(f"时间线 {ending.number}")

    assert ending.finance.hears("120.00 元，客户付，更正前 380.50 元，客户付")
    assert loop.only_order().settled_fen == 12000


def test_a_dispatcher_is_asked_why_and_the_desk_reads_who_cancelled(loop: Loop):
    number = loop.chen.reports()
    loop.settle()

    loop.zhao.says(f"取消 {number}")
    loop.zhao.hears("请直接回复原因", number)
    assert loop.only_order().status != "cancelled"
    loop.zhao.says("客户自己修好了")

    loop.order_becomes("cancelled")
    assert loop.desk.hears(number, "赵敏 已取消：客户自己修好了")


def test_who_is_asked_already_is_reminded_and_the_dispatcher_reads_so(loop: Loop):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.settle()

    loop.zhao.says(f"派单 {number} 李强")

    assert loop.zhao.hears("原来就派给 李强", number)


def test_who_hands_over_reads_it_once(loop: Loop):
    number = under_way(loop)

    loop.li.says(f"转单 {number} 王芳 车坏在路上")
    loop.li.hears("已把工单", "王芳")
    loop.settle()

    assert not loop.li.told("您不用再处理了")


def test_different_machines_are_merged_only_after_a_question(loop: Loop):
    freezer, other = give_checklist(loop), uuid4()
    with loop.database.write() as session, session.begin():
        firm = session.execute(select(Customer).where(Customer.code == "C001")).scalar_one()
        session.add(
            Asset(id=other, serial="ZB-7", name="制冰机", model="", site="", batch="", customer_id=firm.id)
        )
    first, second = under_way(loop, asset_id=freezer), under_way(loop, "sun", asset_id=other)

    loop.zhao.says(f"合并 {second} 到 {first}")
    loop.zhao.card("仍要合并", "设备不同", "制冰机")
    assert not loop.events("WorkOrderMerged")
    loop.zhao.presses("仍要合并")

    assert loop.zhao.hears(second, "已合并到", first)
    assert loop.sun.hears(second, "已合并到", first, "您不用再去了")


def test_a_rating_is_changed_in_words(loop: Loop):
    ending = accepted(loop)
    ending.says("5分")
    ending.customer.hears("您愿意把我们推荐给朋友吗")

    ending.says("修改评分 3分")

    assert [one["score"] for one in loop.events("ServiceRated")] == [5, 3]


def test_who_wants_their_money_back_speaks_to_the_desk(loop: Loop):
    under_way(loop)

    loop.chen.says("退钱")
    loop.settle()

    assert not loop.events("WordsRelayed")


def test_a_registration_is_confirmed_in_one_message(loop: Loop):
    loop.wu.says("登记 13911112222 王老板 空压机启动不了")
    assert "直接回复地址" in loop.wu.card("确认登记").text
    loop.wu.says("浦东新区张江路100号3楼")
    loop.wu.card("确认登记", "张江路100号3楼")

    loop.wu.presses("确认登记")
    loop.wu.hears("已登记，工单号")
    loop.settle()

    assert not loop.wu.told("已收到您的报修")
    assert loop.only_order().request.address == "浦东新区张江路100号3楼"


def test_a_registration_is_dropped_in_its_own_words(loop: Loop):
    loop.wu.says("登记 13911112222 王老板 空压机启动不了")
    loop.wu.card("确认登记")

    loop.wu.says("不登记")

    assert loop.wu.hears("没有登记")


def test_a_plate_that_nobody_knows_is_said_to_be_unknown(loop: Loop):
    loop.wu.says("登记 沪A12345 空调不凉")

    assert loop.wu.hears("没有找到", "沪A12345", "来电人的手机号")
