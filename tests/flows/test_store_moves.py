"""Stock between stores and vans, taken and refused by a storekeeper; and parts that come back."""

from decimal import Decimal

import pytest
from sqlalchemy import update

from domain.parts.commands import PartLine, UseParts
from domain.parts.model.documents import OldPart
from domain.people.model import Person, Role
from tests.support.closing import by, hire
from tests.support.field import does, order_of, under_way
from tests.support.loop import Loop
from tests.support.parts import branch, on_hand, opening, part, van
from tests.support.stores import Shop, shop


@pytest.fixture
def store(loop: Loop) -> Shop:
    return shop(loop, "dingtalk")


def test_a_transfer_needs_the_other_storekeeper(store: Shop):
    other = hire(store.loop, "周仓", Role.STOREKEEPER, "wecom", "zhoucang")
    target = branch(store.loop.database, keeper_id=store.loop.person("周仓").id)

    store.says("调拨 6204 ×5 从 中心仓 到 浦东分仓", "已发出", "轴承 6204 ×5")
    assert on_hand(store.loop.database, store.parts["6204"], target)[0] == 0
    other.card("收下", "轴承 6204")
    other.presses("收下")
    store.loop.settle()

    assert on_hand(store.loop.database, store.parts["6204"], target)[0] == 5
    store.says("调拨 KB-10 SN001 到 浦东分仓", "控制板 KB-10 ×1（SN001）")
    other.says(f"拒收 {store.transfers()[-1].number} 不需要")
    store.loop.settle()
    assert (store.stands("6204"), store.stands("KB-10")) == ("5", "2")
    store.books_are_right()


def test_a_transfer_to_a_van_waits_for_its_technician(store: Shop):
    van(store.loop.database, store.loop.person("李强").id)

    store.says("调拨 6204 ×2 到 李强", "已发出", "等李强收下")
    store.loop.li.card("收下")
    store.loop.li.presses("收下")
    store.loop.settle()

    assert store.stands("6204") == "8"
    store.books_are_right()


def test_a_transfer_to_who_left_is_refused(store: Shop):
    van(store.loop.database, store.loop.person("周涛").id, "VAN-ZT", "周涛的车")
    with store.loop.database.write() as session, session.begin():
        session.execute(update(Person).where(Person.name == "周涛").values(active=False))

    store.says("调拨 6204 ×2 到 周涛", "周涛 已经离职")
    store.says("调拨 6204 ×2 到 火星仓", "没有找到仓库或库位“火星仓”")
    store.says("调拨 6204 ×99 到 周涛的车", "没有")

    assert (store.stands("6204"), store.transfers()) == ("10", [])


def test_an_old_part_comes_back_is_repaired_and_is_stock_again(store: Shop):
    code = part(store.loop.database, "CP-1", "压缩机", return_old=True)
    own = van(store.loop.database, store.loop.person("李强").id)
    opening(store.loop.database, code, own, 2, 80000)
    number = under_way(store.loop, "li", "lin")
    order_id = order_of(store.loop, number).id
    for _ in range(2):
        line = PartLine(part_id=code, quantity=Decimal(1))
        does(store.loop, UseParts(work_order_id=order_id, lines=(line,), **by(store.loop, "李强")))
    store.loop.settle()
    first, second = (one.number for one in store.all_of(OldPart))

    store.says("免还", "张旧件，请选一张")
    store.says(f"免还 {first}", "还缺内容")
    store.says(f"免还 {first} 客户自留", "不用还了", "客户自留")
    store.says(f"收旧件 {second}", "已收回")
    store.loop.li.hears(f"旧件 {second} 已由 孔仓 收到，不用再还：压缩机")
    store.says(f"送修 {second}", "已送修")
    store.says(f"修好 {second} 到 中心仓", "已入中心仓")
    store.says(f"送修 {second}", "不能")

    assert on_hand(store.loop.database, code, store.place)[0] == 1
    store.books_are_right()
