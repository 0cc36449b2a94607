"""How messages become one request, what is asked, and when danger does not wait."""

from datetime import timedelta
from typing import Any

import pytest

from domain.intake.data import DraftData, FaultDraft, Heard, Question, Step
from domain.intake.faults import own_words
from domain.intake.rules import (
    OnFile,
    completed,
    does_not_wait,
    hear,
    missing,
    put,
    says_what,
    stepped_up,
    window_ends,
)
from domain.intake.understanding import Fault, Guess, Intent, Understanding
from tests.support.builders import AT

FREEZER, ICE = "a" * 32, "b" * 32
KNOWN = OnFile(assets={FREEZER: "冷库机组（LK-9001）"}, address="张江路 88 号", mobile="13900000001")


def guess(value: str, confidence: float = 0.9) -> Guess:
    return Guess(value=value, confidence=confidence)


def fault(device: str = "", *symptoms: str, **facts: Any) -> Fault:
    named = guess(device) if device else None
    return Fault(
        words="，".join((device, *symptoms)), device=named, symptoms=tuple(map(guess, symptoms)), **facts
    )


def said(text: str, *faults: Fault, **facts: Any) -> Heard:
    values: dict[str, Any] = {"intent": Intent.REPORT_FAULT, "confidence": 0.9, "faults": faults} | facts
    return Heard(text=text, understanding=Understanding(**values), source_key=f"k:{text[:20]}", ref=text[:20])


def heard(*messages: Heard) -> DraftData:
    data = DraftData()
    for message in messages:
        data = hear(data, message)
    return data


def test_words_are_kept_in_the_order_said():
    data = heard(said("冷库机组", fault("冷库机组")), said("不制冷了", fault("", "不制冷")))

    assert data.report_words == "冷库机组\n不制冷了"
    assert len(data.refs) == 2


def test_a_symptom_without_a_thing_belongs_to_the_thing_named_before():
    data = heard(said("冷库机组坏了", fault("冷库机组")), said("不制冷", fault("", "不制冷")))

    (only,) = data.faults
    assert (only.device, only.symptoms) == ("冷库机组", ("不制冷",))


def test_a_thing_named_after_its_symptom_is_the_thing_that_has_it():
    data = heard(said("漏水了", fault("", "漏水")), said("是制冰机", fault("制冰机")))

    (only,) = data.faults
    assert (only.device, only.symptoms) == ("制冰机", ("漏水",))


def test_another_thing_with_its_own_symptom_is_another_fault():
    data = heard(said("a", fault("冷库机组", "漏水")), said("b", fault("空压机", "异响")))

    assert [one.device for one in data.faults] == ["冷库机组", "空压机"]


def test_the_same_machine_told_again_is_one_fault():
    first = fault("冷机", "漏水", asset_id=FREEZER)
    second = fault("冷库机组", "异响", asset_id=FREEZER)

    (only,) = heard(said("a", first), said("b", second)).faults

    assert only.symptoms == ("漏水", "异响")


def test_two_machines_never_share_one_fault():
    first = fault("冷库", "门关不严", asset_id=FREEZER)
    second = fault("冷库", "结霜", asset_id=ICE)

    data = heard(said("a", first, second))

    assert [one.asset_id for one in data.faults] == [FREEZER, ICE]


def test_a_machine_named_alone_is_not_completed_by_another_one():
    data = heard(said("a", fault("冷库", asset_id=FREEZER)), said("b", fault("冷库", "结霜", asset_id=ICE)))

    assert len(data.faults) == 2


def test_each_of_several_faults_has_its_own_words():
    data = heard(
        said("小白发动机抖动，车牌沪DA6621，另外3号冷库门封漏冷气", fault("发动机", "抖动", asset_id=ICE)),
        said("温度升得快"),
    )
    other = FaultDraft(words="3号冷库门封漏冷气", asset_id=FREEZER)
    data = data.model_copy(update={"faults": (FaultDraft(words="发动机抖动"), other)})

    assert own_words(data, 0) == "小白发动机抖动，车牌沪DA6621"
    assert own_words(data, 1) == "另外3号冷库门封漏冷气\n温度升得快"


@pytest.mark.parametrize(
    ("plate", "asked"),
    [("沪B99999", Question(step=Step.PLATE)), ("沪D·A6621", None), ("", None)],
)
def test_another_plate_than_the_one_on_file_is_asked_about(plate, asked):
    file = OnFile(assets={ICE: "小白"}, address="x", mobile="1", plates={ICE: "沪DA6621"})
    read = said("小白抖动", fault("小白", "抖动", asset_id=ICE), plate=guess(plate) if plate else None)

    assert missing(heard(read), file) == asked


def test_a_later_word_wins_over_an_earlier_one():
    data = heard(
        said("a", address=guess("张江路 1 号")),
        said("b", address=guess("张江路 2 号")),
    )

    assert data.address == "张江路 2 号"


def test_an_answer_is_not_overruled_by_a_chance_remark():
    data = put(DraftData(), "answer", mobile="13800000001")

    assert put(data, "words", mobile="13800000002").mobile == "13800000001"


def test_words_name_a_place_better_than_its_label():
    place = Heard(latitude=31.2, longitude=121.6, place="我的位置", source_key="k")

    data = heard(said("a", address=guess("张江路 1 号")), place)

    assert (data.address, data.latitude) == ("张江路 1 号", 31.2)


def test_the_hundred_and_first_message_is_counted_but_its_words_are_not_kept():
    data = heard(*(said(f"第{number}遍") for number in range(101)))

    assert (len(data.said), len(data.refs), data.overflow) == (100, 101, True)


def test_one_very_long_message_is_kept_whole():
    data = heard(said("冷" * 10_000))

    assert len(data.report_words) == 10_000
    assert not data.overflow


def test_nothing_is_asked_that_is_on_file():
    data = completed(heard(said("不制冷了", fault("", "不制冷"))), KNOWN)

    assert missing(data, KNOWN) is None
    assert data.faults[0].asset_id == FREEZER


def test_among_several_machines_it_is_asked_which():
    file = OnFile(assets={FREEZER: "冷库机组", ICE: "制冰机"}, address="x", mobile="1")

    data = completed(heard(said("不制冷了", fault("", "不制冷"))), file)

    assert missing(data, file) == Question(step=Step.ASSET)


def test_a_thing_that_is_none_of_the_known_ones_is_not_asked_about():
    data = completed(heard(said("电视没声音", fault("电视", "没声音"))), KNOWN)

    assert missing(data, KNOWN) is None
    assert not data.faults[0].asset_id


def test_a_serial_that_nobody_has_makes_us_ask_which_machine():
    data = completed(heard(said("SN12345678 坏", fault("", "坏", serial=guess("SN12345678")))), KNOWN)

    assert missing(data, KNOWN) == Question(step=Step.ASSET)
    assert data.unknown_serial == "SN12345678"
    assert not data.faults[0].serial


def test_an_unsure_serial_is_no_reason_to_ask():
    data = heard(said("a", fault("电视", "黑屏", serial=guess("A1B2", 0.4))))

    assert not data.unknown_serial


def test_who_is_not_on_file_is_asked_for_address_then_number():
    data = heard(said("电视没声音", fault("电视", "没声音")))

    first = missing(data, OnFile())
    assert first == Question(step=Step.ADDRESS)
    asked = data.model_copy(update={"asked": (first.key,)})
    assert missing(asked, OnFile()) == Question(step=Step.MOBILE)


def test_a_shared_place_answers_the_question_for_the_address():
    place = Heard(latitude=31.2, longitude=121.6, source_key="k")
    data = heard(said("电视没声音", fault("电视", "没声音")), place)

    assert missing(data, OnFile(mobile="1")) is None


@pytest.mark.parametrize(
    ("text", "faults", "told"),
    [
        ("3号冷库机组", (fault("冷库机组"),), False),
        ("冷库机组坏了", (fault("冷库机组"),), True),
        ("你好，我的冷库机组", (fault("冷库机组"),), False),
        ("那个东西又罢工了", (), True),
        ("报警2042", (fault("", fault_code=guess("2042")),), True),
    ],
)
def test_naming_a_thing_does_not_say_what_is_wrong(text, faults, told):
    assert says_what(heard(said(text, *faults))) is told


def test_a_complaint_is_asked_which_order_it_is_about_but_no_machine():
    data = heard(said("你们师傅态度太差")).model_copy(update={"type": "complaint"})
    file = OnFile(assets=KNOWN.assets, mobile="1", numbers={"WO-20261124-0001": "漏水"})

    assert missing(data, file) == Question(step=Step.ABOUT)


@pytest.mark.parametrize(("confidence", "at_once"), [(0.9, True), (0.4, False)])
def test_only_danger_that_the_reader_is_sure_of_does_not_wait(confidence, at_once):
    data = heard(said("着火了", fault("冷库", "着火"), urgency=guess("P1", confidence)))

    assert does_not_wait(data) is at_once
    assert data.urgency == "P1"


@pytest.mark.parametrize(
    ("text", "confidence", "urgency"),
    [("空调坏了，不制冷", 0.22, "P2"), ("空调冒烟了", 0.22, "P1"), ("全都停了", 0.6, "P1")],
)
def test_danger_is_shown_where_it_is_sure_or_said(text, confidence, urgency):
    data = heard(said(text, fault("空调", "不制冷"), urgency=guess("P1", confidence)))

    assert data.urgency == urgency


def test_the_urgency_of_small_talk_counts_for_nothing():
    data = heard(said("谢谢", intent=Intent.CHIT_CHAT, urgency=guess("P1")))

    assert not data.urgency


def test_the_most_urgent_word_counts():
    data = heard(
        said("漏水", fault("", "漏水"), urgency=guess("P3")),
        said("停产了", fault("", "停产"), urgency=guess("P2")),
    )

    assert data.urgency == "P2"


def test_each_message_prolongs_the_window_up_to_a_minute():
    assert window_ends(AT, AT, 5) == AT + timedelta(seconds=5)
    assert window_ends(AT + timedelta(seconds=58), AT, 5) == AT + timedelta(seconds=60)
    assert window_ends(AT + timedelta(seconds=90), AT, 5) == AT + timedelta(seconds=90)
    assert window_ends(AT, AT, 0) == AT


@pytest.mark.parametrize(("before", "after"), [("P4", "P3"), ("P3", "P2"), ("P2", "P1"), ("P1", "P1")])
def test_one_step_up_is_one_step(before, after):
    assert stepped_up(before) == after


def test_a_draft_without_faults_waits_for_one():
    assert missing(DraftData(faults=(FaultDraft(),)), KNOWN) == Question(step=Step.FAULT)
