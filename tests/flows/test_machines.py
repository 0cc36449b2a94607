"""A customer corrects which machine it is about, after the registration and before anybody departs."""

from tests.support.field import ACCEPTED, EN_ROUTE, order_of, under_way
from tests.support.intake import machine
from tests.support.loop import Loop


def registered(loop: Loop, far: int = ACCEPTED) -> str:
    """Let Chen have three machines and a work order that Li accepted, and return its number."""
    machine(loop, "AC-7701", "手术室空调")
    machine(loop, "AC-7702", "大厅空调")
    return under_way(loop, far=far)


def test_the_machine_that_was_meant_is_taken_at_once(loop: Loop):
    number = registered(loop)

    loop.chen.says("不对，是手术室那台")

    loop.chen.hears("已更正", number, "手术室空调（AC-7701）")
    loop.li.hears(number, "更正了设备", "手术室空调")
    loop.desk.hears(number, "更正了设备", "手术室空调")
    (event,) = loop.events("AssetCorrected")
    assert event["after"] == "手术室空调（AC-7701）"
    assert str(order_of(loop, number).asset_id) == event["after_id"]


def test_several_that_fit_are_asked_about(loop: Loop):
    number = registered(loop)

    loop.chen.says("不对，是空调那台")
    loop.chen.card("大厅空调", number)
    loop.chen.taps("大厅空调")

    assert loop.chen.hears("已更正", "大厅空调（AC-7702）")


def test_a_machine_nobody_knows_by_that_name_is_asked_about(loop: Loop):
    number = registered(loop)

    loop.chen.says("不对，是楼上那台")

    assert loop.chen.card("手术室空调", number)


def test_who_is_under_way_is_told_the_words(loop: Loop):
    number = registered(loop, far=EN_ROUTE)

    loop.chen.says("不对，是手术室那台")

    assert loop.li.hears(number, "不对，是手术室那台")
    assert not loop.events("AssetCorrected")


def test_a_forged_choice_of_anothers_machine_changes_nothing(loop: Loop):
    number = registered(loop)
    foreign = machine_of_lin(loop)

    token = f"1:asset.is:{order_of(loop, number).id}:1:{foreign}"
    loop.wecom.customer_says("wmChen", "设备", menu_id=token)
    loop.settle()

    assert loop.refusals() == ["not_found"]
    assert order_of(loop, number).asset_id is None


def machine_of_lin(loop: Loop) -> str:
    """Let the other firm have a machine, and return its id."""
    machine(loop, "XX-1", "别家的机器", firm="C002")
    with loop.product.open_uow(now=loop.clock.now(), channel="test", correlation_id="x") as uow:
        found = uow.assets.with_serial("XX-1")
        assert found is not None
        return found.id.hex
