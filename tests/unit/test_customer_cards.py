"""History, customer and machine on one message of every platform."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from cards.asset import asset_file
from cards.customer import customer_card
from cards.entitlement import entitlement_words
from cards.history import history
from cards.sections import BYTES, Section, in_one_message
from domain.assets.entitlement import Entitlement, Reason
from domain.assets.views import (
    AssetLine,
    AssetView,
    Attempt,
    ContactLine,
    CustomerView,
    HistoryView,
    PartChange,
    PastOrder,
)
from domain.workorder.details import OrderType
from domain.workorder.status import Status
from tests.support.builders import AT, FREEZER, PHARMA

UNKNOWN = Entitlement(reason=Reason.WARRANTY_UNKNOWN, in_warranty=False)
LONG = "压缩机一启动就跳闸，空开换过了也不行，" * 40


def past(
    number: int, status: Status = Status.CLOSED, kind: str = "repair", fault: str = "不制冷"
) -> PastOrder:
    return PastOrder(
        number=f"WO-20261124-{number:04d}",
        type=kind,
        status=status.value,
        open=status is not Status.CLOSED,
        fault=fault,
        reported_at=AT - timedelta(days=number),
        asset="1号冷库冷藏机组（LK-230612-01）",
    )


def tried(text: str = "换了电容") -> Attempt:
    return Attempt(number="WO-20261124-0001", at=AT, kind="report", text=text, by="李强")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", [kind.value for kind in OrderType])
def test_every_status_and_type_has_words(status, kind):
    text = history(HistoryView(looked_for="x", orders=(past(1, status, kind),))).text

    assert status.value not in text and f" {kind} " not in text


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason):
    view = Entitlement(reason=reason, in_warranty=False, until=date(2026, 12, 31), contract_number="HT-1")

    words = entitlement_words(view)

    assert words and reason.value not in words and "{" not in words


def test_what_is_not_known_says_so_and_leaves_no_gap():
    text = history(HistoryView(looked_for="13800000021")).text

    assert text.count("暂无记录") == 1
    assert "：\n" not in text.replace("处理的", "") and "None" not in text


def test_a_full_history_still_fits_into_one_message_and_keeps_every_section():
    view = HistoryView(
        looked_for="查" * 100,
        customer_name="上海安达冷链物流有限公司" * 5,
        address=LONG[:300],
        entitlement=UNKNOWN,
        orders=tuple(past(number, fault=LONG) for number in range(5)),
        parts=tuple(PartChange(number="WO-1", at=AT, text=LONG) for _ in range(5)),
        attempts=tuple(tried(LONG) for _ in range(6)),
    )

    text = history(view).text

    assert len(text.encode()) <= BYTES
    assert [text.count(f"◆ {title}") for title in ("最近工单", "更换备件", "以前怎么处理的")] == [1, 1, 1]
    assert "WO-20261124-0000" in text


def test_a_large_customer_fits_too_and_says_how_many_machines_there_are():
    view = CustomerView(
        customer_id=PHARMA,
        name="华东制药",
        code="C001",
        contacts=tuple(ContactLine(name="陈静", mobile="13900000005") for _ in range(5)),
        assets=tuple(AssetLine(name=LONG[:60], serial=f"LK-{number}") for number in range(8)),
        asset_count=340,
        orders=tuple(past(number, fault=LONG) for number in range(5)),
    )

    text = customer_card(view).text

    assert len(text.encode()) <= BYTES and "陈静 13900000005" in text


def test_the_machine_s_file_shows_dates_kind_and_attributes():
    view = AssetView(
        asset_id=FREEZER,
        name="4.2米冷藏车",
        serial="HC-21",
        kind="货车",
        model="JX-1048",
        nicknames=("小白",),
        made_on=date(2023, 8, 30),
        installed_on=date(2023, 10, 8),
        site="嘉定车队",
        attributes=(("车牌", "沪DA6621"),),
        entitlement=UNKNOWN,
    )

    text = asset_file(view).text

    for part in (
        "出厂：2023年8月30日",
        "安装：2023年10月8日",
        "车牌：沪DA6621",
        "又叫：小白",
        "安装位置：嘉定车队",
    ):
        assert part in text


def test_sections_without_lines_are_left_out():
    assert in_one_message("标题", [Section("空", ()), Section("有", ("· 一",))]) == "【标题】\n◆ 有\n· 一"


def test_only_the_longest_section_gives_way():
    text = in_one_message("t", [Section("a", ("1",)), Section("b", tuple("x" * 20 for _ in range(20)))], 100)

    assert len(text.encode()) <= 100 and "◆ a\n1" in text


def test_a_view_survives_the_outbox():
    view = HistoryView(looked_for="x", customer_id=UUID(int=1), entitlement=UNKNOWN, orders=(past(1),))

    assert HistoryView.model_validate(view.model_dump(mode="json")) == view
