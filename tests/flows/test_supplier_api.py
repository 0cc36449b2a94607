"""A supplier's own system: what it may see, the day it confirms, what it ships, and what it may not."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import requests

from domain.kernel.localtime import day_words, local_day
from domain.parts.supply_commands import RequestPurchase
from tests.support.closing import by
from tests.support.field import does, order_of, under_way
from tests.support.loop import Loop
from tests.support.parts import supplier
from tests.support.stores import KEEPER, Shop, shop

ALL, ONE, OTHER, ERP = "a" * 32, "b" * 32, "c" * 32, "e" * 32
TODAY = local_day(datetime.now(UTC))
SOON, AGREED, LATER, LATEST = (TODAY + timedelta(days=days) for days in (4, 5, 9, 10))
KEYS = f"srm@*:{ALL},huadong@S2:{ONE},shanghai@S1:{OTHER},erp:{ERP}"


@pytest.fixture
def store(stage: Loop) -> Shop:
    """Give a store with three suppliers' systems and one that registers requests."""
    stage.start_product(api_keys=KEYS)
    made = shop(stage, "dingtalk")
    supplier(stage.database)
    supplier(stage.database, "S2", "华东轴承")
    return made


def ordered(store: Shop, words: str = "6204 ×30", day: str = "", name: str = "华东轴承") -> str:
    store.says(f"采购 {words}", "采购")
    number = store.purchases()[-1].number
    store.says(f"已下单 {number} {day or f'{AGREED:%m-%d}'} {name}", "已登记下单", name)
    return number


def get(store: Shop, path: str, secret: str = ONE) -> Any:
    headers = {"Authorization": f"Bearer {secret}"}
    return requests.get(f"{store.loop.web_url}/api/v1{path}", headers=headers, timeout=10)


def post(store: Shop, path: str, body: Any, *, key: str = "k1", secret: str = ONE) -> Any:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    url = f"{store.loop.web_url}/api/v1/purchases{path}"
    return requests.post(url, headers=headers, json=body, timeout=10)


def test_what_is_open_is_read_a_page_at_a_time(store: Shop):
    numbers = [ordered(store, f"6204 ×{count}") for count in (10, 20, 30)]
    ordered(store, "6205 ×5", name="上海轴承厂")
    store.says("采购 6204 ×7", "采购")

    first = get(store, "/suppliers/S2/purchases?limit=2").json()
    second = get(store, first["next"].removeprefix("/api/v1")).json()

    assert [one["number"] for one in (*first["purchases"], *second["purchases"])] == numbers
    assert second["next"] is None
    assert first["purchases"][0] == get(store, f"/purchases/{numbers[0]}").json()
    assert first["purchases"][0] | {"ordered_on": ""} == {
        "number": numbers[0], "supplier": "S2", "state": "ordered", "late": False,
        "part": {"code": "6204", "name": "轴承 6204", "spec": "", "unit": "个"}, "place": "中心仓",
        "quantity": "10", "received": "0", "missing": "10", "shipped": "0", "shipment": "",
        "ordered_on": "", "promised_on": f"{AGREED}", "expected_on": f"{AGREED}",
    }  # fmt: skip
    assert get(store, "/suppliers/S2/purchases?limit=0").status_code == 422
    assert get(store, "/suppliers/S2/purchases?limit=x").json()["fields"] == {"limit": "1–100"}


def test_a_day_that_the_supplier_moves_is_told_and_shown_on_the_job_that_waits(store: Shop):
    job = under_way(store.loop, "li", "lin")
    does(
        store.loop,
        RequestPurchase(
            purchase_id=store.place,
            part_id=store.parts["6204"],
            place_id=store.place,
            quantity=Decimal(20),
            work_order_id=order_of(store.loop, job).id,
            **by(store.loop, KEEPER),
        ),
    )
    number = store.purchases()[-1].number
    store.says(f"已下单 {number} {AGREED:%m-%d} 华东轴承", "已登记下单")

    answer = post(store, f"/{number}/expected-date", {"expected_on": f"{LATER}"})
    again = post(store, f"/{number}/expected-date", {"expected_on": f"{LATER}"})

    assert (answer.status_code, again.status_code) == (201, 200)
    assert answer.json() == again.json()
    assert (answer.json()["promised_on"], answer.json()["expected_on"]) == (f"{AGREED}", f"{LATER}")
    store.keeper.hears("华东轴承改了到货日期", number, f"从 {day_words(AGREED)} 改为 {day_words(LATER)}", job)
    store.technician.hears("华东轴承改了到货日期", job)
    store.technician.hears(job, "轴承 6204 暂缺", f"{LATER.month}月{LATER.day}日")


def test_a_day_is_confirmed(store: Shop):
    number = ordered(store)

    assert post(store, f"/{number}/expected-date", {"expected_on": f"{AGREED}"}).status_code == 201

    store.keeper.hears("华东轴承确认了到货日期", number, day_words(AGREED))


def test_a_shipment_is_told_and_received_as_ever(store: Shop):
    number = ordered(store)
    body = {"quantity": 12, "carrier": "顺丰", "waybill": "SF123", "expected_on": f"{SOON}"}

    answer = post(store, f"/{number}/shipments", body)
    again = post(store, f"/{number}/shipments", body)

    assert (answer.status_code, again.status_code) == (201, 200)
    assert [answer.json()[name] for name in ("shipped", "shipment", "expected_on", "received")] == [
        "12", "顺丰 SF123", f"{SOON}", "0",
    ]  # fmt: skip
    store.keeper.hears("华东轴承已发货", number, "×12", "顺丰 SF123", day_words(SOON))
    assert (
        post(store, f"/{number}/shipments", body | {"quantity": 19}, key="k2").json()["code"]
        == "more_shipped"
    )
    store.says(f"入库 {number} 12", "已入库")
    assert get(store, f"/purchases/{number}").json()["missing"] == "18"
    store.books_are_right()


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("expected-date", {"expected_on": "2020-01-01"}, "date_past"),
        ("expected-date", {"expected_on": "9999-12-31"}, "date_far"),
        ("expected-date", {"expected_on": 1_800_000_000}, "request_invalid"),
        ("expected-date", {"expected_on": "2026-02-30"}, "request_invalid"),
        ("expected-date", {}, "request_invalid"),
        ("expected-date", {"expected_on": f"{LATER}", "price_fen": 1}, "request_invalid"),
        ("shipments", {"quantity": 0, "waybill": "SF1"}, "request_invalid"),
        ("shipments", {"quantity": -1, "waybill": "SF1"}, "request_invalid"),
        ("shipments", {"quantity": 1e10, "waybill": "SF1"}, "request_invalid"),
        ("shipments", {"quantity": 1.5, "waybill": "SF1"}, "quantity_wrong"),
        ("shipments", {"quantity": 31, "waybill": "SF1"}, "more_shipped"),
        ("shipments", {"quantity": 1, "waybill": " "}, "request_invalid"),
        ("shipments", {"quantity": 1, "waybill": "S\x00F"}, "request_invalid"),
        ("shipments", {"quantity": 1, "waybill": "SF1", "expected_on": "2020-01-01"}, "date_past"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(store: Shop, path: str, body: Any, code: str):
    number = ordered(store)

    answer = post(store, f"/{number}/{path}", body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["message"].endswith("。")
    found = store.purchases()[-1]
    assert (int(found.shipped), f"{found.expected_on}") == (0, f"{AGREED}")


def test_what_is_not_theirs_does_not_exist_for_them(store: Shop):
    number = ordered(store)
    store.says("采购 6204 ×7", "采购")
    not_ordered = store.purchases()[-1].number
    day = {"expected_on": f"{LATER}"}

    refused = [
        get(store, f"/purchases/{number}", OTHER),
        get(store, f"/purchases/{not_ordered}", ALL),
        get(store, "/purchases/SP-20260101-0001", ALL),
        get(store, "/suppliers/S2/purchases", OTHER),
        get(store, "/suppliers/S9/on-time", ALL),
        get(store, "/suppliers/%00/on-time", ALL),
        post(store, f"/{number}/expected-date", day, secret=OTHER),
        post(store, f"/{not_ordered}/expected-date", day, secret=ALL),
        post(store, "/SP-20260101-0001/expected-date", day, secret=ALL, key="k2"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in refused] == [(404, "not_found")] * len(refused)
    assert f"{store.purchases()[0].expected_on}" == f"{AGREED}"


def test_a_purchase_that_is_over_is_not_changed_any_more(store: Shop):
    number = ordered(store)
    store.says(f"入库 {number} 30", "全部到齐")

    answers = [
        post(store, f"/{number}/expected-date", {"expected_on": f"{LATER}"}),
        post(store, f"/{number}/shipments", {"quantity": 1, "waybill": "SF1"}, key="k2"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(422, "purchase_wrong")] * 2


def test_each_key_is_for_its_own_purpose(store: Shop):
    number = ordered(store)
    body = {"description": "3号冷库机组不制冷", "mobile": "13800001111"}
    headers = {"Authorization": f"Bearer {ALL}", "Idempotency-Key": "k9"}

    registers = requests.post(f"{store.loop.web_url}/api/v1/requests", headers=headers, json=body, timeout=10)
    refused = [
        registers,
        get(store, f"/purchases/{number}", ERP),
        get(store, "/suppliers/S2/on-time", ERP),
        post(store, f"/{number}/expected-date", {"expected_on": f"{LATER}"}, secret=ERP),
    ]

    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "not_permitted")] * 4
    assert get(store, f"/purchases/{number}", "x" * 32).status_code == 401
    assert get(store, f"/purchases/{number}", ALL).status_code == 200


def test_a_key_for_another_body_is_a_conflict(store: Shop):
    number = ordered(store)
    post(store, f"/{number}/expected-date", {"expected_on": f"{LATER}"})

    answer = post(store, f"/{number}/expected-date", {"expected_on": f"{LATEST}"})

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")
    assert f"{store.purchases()[0].expected_on}" == f"{LATER}"


def test_the_supplier_reads_how_it_kept_its_word_as_the_store_does(store: Shop):
    for _ in range(3):
        number = ordered(store, "6204 ×10")
        store.says(f"入库 {number} 10", "全部到齐")
    late = ordered(store, "6204 ×10", "今天")
    store.says("供应商", "华东轴承", "准时率 100%（近一年 3 单，准时 3 单）")
    store.loop.advance(86_400)

    shown = get(store, "/suppliers/S2/on-time").json()

    figures = [
        shown[name] for name in ("purchases", "on_time", "on_time_percent", "average_late_days", "late_now")
    ]
    assert figures == [4, 3, 75, 1.0, 1]
    store.says("供应商 华东轴承", "准时率 75%", "平均晚 1 天", "现在逾期 1 单", late, "还差 10")
    store.says("采购 6204 ×5", "采购")
    store.says(f"已下单 {store.purchases()[-1].number} 12-20 S2", "华东轴承（近一年 4 单，准时 75%）")


def test_a_supplier_that_nobody_knows_is_named_in_a_sentence(store: Shop):
    store.says("供应商", "近一年没有到期的采购")
    store.says("供应商 不存在厂", "没有找到供应商“不存在厂”", "华东轴承")
    store.says("供应商 轴承", "没有找到供应商“轴承”", "上海轴承厂、华东轴承")
    store.says("供应商 s1", "供应商 上海轴承厂（S1）", "还没有准时率")


def test_the_store_keeps_a_shipment_that_it_heard_of(store: Shop):
    number = ordered(store)

    store.says(f"供应商发货 {number}", "还缺内容", f"供应商发货 {number} 20 顺丰")
    store.says(f"供应商发货 {number} 20个 顺丰 SF9", "已登记供应商发货", "×20", "顺丰 SF9")
    store.says(f"供应商发货 {number} 德邦 DB1", "×10", "德邦 DB1")
    store.says(f"供应商发货 {number} 德邦 DB2", "还没有发货的是 0个")

    found = store.purchases()[0]
    assert (int(found.shipped), found.shipment) == (30, "德邦 DB1")
