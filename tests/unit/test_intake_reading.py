"""A weak reading must not lose a request, and a cry repeated must not become another one."""

from datetime import timedelta
from typing import Any

import pytest

from bot.intake_reading import (
    comes_back,
    is_same_alarm,
    planned_kind,
    staff_kind,
    tells_news,
    wanted,
    wants_aside,
)
from bot.intake_words import Order, order_of
from bot.intents import read_words
from domain.intake.data import DraftData, Heard, Question, Step
from domain.intake.model import Draft
from domain.intake.understanding import Fault, Guess, Intent, Understanding
from tests.support.builders import AT, FREEZER, work_order


def guess(value: str) -> Guess:
    return Guess(value=value, confidence=0.9)


def fault(device: str = "", *symptoms: str, asset_id: str = "") -> Fault:
    named = guess(device) if device else None
    return Fault(words=device, device=named, symptoms=tuple(map(guess, symptoms)), asset_id=asset_id)


def read(intent: Intent, *faults: Fault, confidence: float = 0.9, **facts: Any) -> Understanding:
    return Understanding(intent=intent, confidence=confidence, faults=faults, **facts)


@pytest.mark.parametrize(
    ("reading", "text", "waits", "intent"),
    [
        (read(Intent.CHIT_CHAT, fault("冷库", "坏了")), "冷库坏了", False, Intent.REPORT_FAULT),
        (read(Intent.CHIT_CHAT), "救命着火了", False, Intent.REPORT_FAULT),
        (read(Intent.CHIT_CHAT), "师傅辛苦了啊", False, Intent.CHIT_CHAT),
        (read(Intent.ASK_FAQ, fault("冷库"), confidence=0.5), "冷库不太行", False, Intent.REPORT_FAULT),
        (read(Intent.ASK_FAQ, fault("洗衣机")), "洗衣机E4啥意思", False, Intent.ASK_FAQ),
        (read(Intent.URGE, fault("冷库", "漏水")), "快来，冷库漏水", False, Intent.REPORT_FAULT),
        (read(Intent.URGE, fault("冷库", "漏水")), "快来，冷库漏水", True, Intent.URGE),
    ],
)
def test_what_tells_of_something_broken_is_a_report(reading, text, waits, intent):
    assert wanted(reading, text, waits=waits) is intent


@pytest.mark.parametrize(
    ("reading", "text", "kind"),
    [
        (read(Intent.ASK_FAQ, confidence=0.2), "请安排一次电梯年度巡检", "inspection"),
        (read(Intent.CANCEL, confidence=0.2), "这批货我要退货，包装都没拆", "return"),
        (read(Intent.REPORT_FAULT, fault("空调", "需要", "安装")), "新买的空调需要安装", "installation"),
        (read(Intent.REPORT_FAULT, fault("空调", "漏水")), "上个月请你们安装的空调漏水", ""),
        (read(Intent.ASK_FAQ), "我想问下保养多少钱", ""),
        (read(Intent.CANCEL), "我想下周的安装先停一停", ""),
        (read(Intent.URGE, confidence=0.3), "要是再不修我就要退货了", ""),
        (read(Intent.REPORT_FAULT), "机器刚装好就坏了，要换货", ""),
    ],
)
def test_work_that_repairs_nothing_is_asked_for_plainly(reading, text, kind):
    assert planned_kind(reading, text) == kind


def test_a_wish_that_brings_a_fact_belongs_to_the_request_under_way():
    assert wants_aside(read(Intent.HUMAN))
    assert not wants_aside(read(Intent.HUMAN, phone=guess("13812345678")))
    assert not wants_aside(read(Intent.URGE, confidence=0.4))


def test_words_about_the_same_thing_without_a_symptom_tell_no_news():
    order = work_order()

    same = read(Intent.REPORT_FAULT, fault("冷库", asset_id=FREEZER.hex))
    other = read(Intent.REPORT_FAULT, fault("空压机", asset_id="f" * 32))

    assert not tells_news(same, "冷库门口有人等", order)
    assert tells_news(same, "5号冷库也坏了", order)
    assert tells_news(other, "还有空压机", order)
    assert tells_news(read(Intent.REPORT_FAULT, fault("冷库", "漏水")), "漏水", order)


@pytest.mark.parametrize(
    ("reading", "text", "back"),
    [
        (read(Intent.REPORT_FAULT, fault("", "夹不紧")), "又夹不紧了", True),
        (read(Intent.REPORT_FAULT, fault("", "夹不紧")), "夹不紧了", False),
        (read(Intent.REPORT_FAULT, fault("冷库", "漏水", asset_id=FREEZER.hex)), "冷库漏水", True),
        (read(Intent.REPORT_FAULT, fault("空压机", "异响", asset_id="f" * 32)), "空压机又异响", False),
        (read(Intent.COMPLAINT), "态度太差，又迟到", False),
    ],
)
def test_a_fault_that_comes_back_on_the_machine_that_was_mended(reading, text, back):
    assert comes_back(reading, text, work_order()) is back


@pytest.mark.parametrize(
    ("priority", "minutes", "same"), [("P1", 5, True), ("P1", 90, False), ("P3", 5, False)]
)
def test_a_fresh_alarm_takes_further_cries(priority, minutes, same):
    cry = read(Intent.REPORT_FAULT, fault("", "火越来越大"))

    found = is_same_alarm(cry, work_order(priority=priority), AT + timedelta(minutes=minutes))

    assert found is same


@pytest.mark.parametrize(
    ("reading", "kind"),
    [
        (read(Intent.CLAIM, waybills=(guess("SF1"),)), "claim"),
        (read(Intent.REPORT_FAULT, waybills=(guess("SF1"),)), "trace"),
        (read(Intent.REPORT_FAULT), ""),
    ],
)
def test_what_a_colleague_reports(reading, kind):
    assert staff_kind(Heard(text="x", understanding=reading)) == kind


@pytest.mark.parametrize(
    ("text", "state", "step", "order"),
    [
        ("确认报修", "summary", None, Order.CONFIRM),
        ("好的", "summary", None, Order.CONFIRM),
        ("改一下", "summary", None, Order.CHANGE),
        ("取消", "open", None, Order.DROP),
        ("算了", "asking", Step.ASSET, Order.DROP),
        ("算了不修了", "summary", None, Order.DROP),
        ("合成一张", "summary", None, Order.TOGETHER),
        ("请主管联系我", "summary", None, Order.SUPERIOR),
        ("其他设备/不确定", "asking", Step.ASSET, Order.SKIP),
        ("跳过", "asking", Step.ADDRESS, Order.SKIP),
        ("好的", "asking", Step.DUPLICATE, Order.SAY),
        ("二楼那台", "asking", Step.ASSET, Order.SAY),
        ("进度", "asking", Step.ASSET, None),
        ("门也关不严", "summary", None, None),
    ],
)
def test_what_words_ask_of_a_request_that_waits(text, state, step, order):
    draft = Draft(state=state)
    draft.keep(DraftData(question=Question(step=step) if step else None))

    assert order_of(read_words(text), text, draft) is order
