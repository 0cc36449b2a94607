"""A service report in one message, and its questions one after the other."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.dialogue.report_draft import Draft, next_step, step_before, steps_of
from bot.dialogue.report_steps import answered, picked
from bot.errors import NothingWaiting
from bot.report_words import before_labels, merged, read_report, unread_in
from domain.workorder.report import CheckAnswer, CheckItem, ServiceReport, missing_items
from tests.support.builders import AT, NUMBER, ORDER

COOLS = CheckItem(key="cools", label="制冷正常", required=True)
SEAL = CheckItem(key="seal", label="门封检查", photo=True)
LIST = (COOLS, SEAL)
WHOLE = ServiceReport(cause="电容击穿", remedy="更换电容", hours=Decimal("1.5"))


def draft(report: ServiceReport = WHOLE, **changes) -> Draft:
    values = {"work_order_id": ORDER, "number": NUMBER, "version": 3, "report": report}
    return Draft.model_validate(values | {"until": AT + timedelta(days=1)} | changes)


def waiting(step: str, report: ServiceReport = WHOLE) -> Draft:
    return draft(report, waits=step)


def test_a_whole_report_is_read_from_one_message():
    text = "原因：电容击穿 处理：更换电容，试机 工时：1.5 材料：电容1只 读数 高压：18bar 低压：2bar"

    assert read_report(text, ()) == {
        "cause": "电容击穿",
        "remedy": "更换电容，试机",
        "hours": Decimal("1.5"),
        "materials": "电容1只",
        "readings": {"高压": "18bar", "低压": "2bar"},
    }


def test_checks_are_read_by_their_labels():
    found = read_report("制冷正常：合格 门封检查 不合格 老化需更换；工时 2小时", LIST)

    assert found["checks"] == (
        CheckAnswer(key="cools", passed=True),
        CheckAnswer(key="seal", passed=False, remark="老化需更换"),
    )
    assert found["hours"] == 2


def test_everything_may_be_found_in_order_at_once():
    found = read_report("检查全部合格", LIST)

    assert [answer.passed for answer in found["checks"]] == [True, True]


PRESSURE = CheckItem(key="high", label="高压", required=True, reading=True, unit="bar")


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("高压：18 bar", {"高压": "18 bar"}),
        ("高压：一百", {"高压": "100bar"}),
        ("高压：负 3", {"高压": "-3bar"}),
        ("工时：1 高压=18bar 低压：2bar", {"高压": "18bar", "低压": "2bar"}),
        ("读数 高压：18bar 低压：2bar", {"高压": "18bar", "低压": "2bar"}),
    ],
)
def test_readings_of_the_machine_are_read_by_their_names(text: str, readings):
    assert read_report(text, (PRESSURE,))["readings"] == readings


def test_a_required_reading_is_asked_for_and_missed():
    assert next_step(draft(), (PRESSURE,)) == "reading.0"
    assert missing_items(WHOLE, (PRESSURE,)) == ("高压",)

    found = answered("18bar", waiting("reading.0"), (PRESSURE,))
    assert missing_items(merged(WHOLE, dict(found.changes)), (PRESSURE,)) == ()


@pytest.mark.parametrize("text", ["电容击穿", "处理了一下", "工时：很久", ""])
def test_words_without_a_usable_label_say_nothing(text: str):
    assert read_report(text, LIST) == {}


def test_what_stands_before_the_labels_may_be_a_time():
    assert before_labels("14:30 原因：电容击穿", ()) == "14:30 "


def test_further_answers_are_added_to_those_there_are():
    report = merged(
        WHOLE, {"readings": {"高压": "18bar"}, "checks": (CheckAnswer(key="cools", passed=True),)}
    )
    again = merged(report, {"readings": {"低压": "2bar"}, "checks": (CheckAnswer(key="seal", passed=True),)})

    assert again.readings == {"高压": "18bar", "低压": "2bar"}
    assert [answer.key for answer in again.checks] == ["cools", "seal"]


def test_what_is_asked_depends_on_the_checklist():
    assert steps_of(draft(), ()) == ("cause", "remedy", "hours", "extras")
    assert steps_of(draft(), LIST)[3:5] == ("check.0", "check.1")


def test_a_required_photo_is_asked_for():
    needs_photo = (SEAL.model_copy(update={"required": True}),)

    assert "photo" in steps_of(draft(), needs_photo)
    assert "photo" not in steps_of(draft(), LIST)


def test_a_failed_check_is_followed_by_the_question_why():
    failed = merged(WHOLE, {"checks": (CheckAnswer(key="cools", passed=False),)})

    assert next_step(draft(failed), LIST) == "remark.0"


def test_a_report_with_everything_has_no_next_question():
    assert next_step(draft(skipped=("extras",)), ()) == ""


@pytest.mark.parametrize(
    ("waits", "before"), [("cause", "cause"), ("remedy", "cause"), ("check.0", "hours"), ("", "extras")]
)
def test_one_step_back(waits: str, before: str):
    assert step_before(waiting(waits), LIST) == before


@pytest.mark.parametrize(
    ("step", "text", "changes"),
    [
        ("cause", "电容击穿", {"cause": "电容击穿"}),
        ("remedy", "更换", {"remedy": "更换"}),
        ("hours", "90分钟", {"hours": Decimal("1.5")}),
        ("extras", "电容1只", {"materials": "电容1只"}),
        ("cause", "工时：2", {"hours": Decimal(2)}),
        ("check.0", "合格", {"checks": (CheckAnswer(key="cools", passed=True),)}),
        ("check.0", "不合格 太热", {"checks": (CheckAnswer(key="cools", passed=False, remark="太热"),)}),
    ],
)
def test_words_answer_what_was_asked_or_what_they_name(step: str, text: str, changes):
    assert answered(text, waiting(step), LIST).changes == changes


@pytest.mark.parametrize(("step", "skipped"), [("check.1", ("check.1",)), ("extras", ("extras",))])
def test_what_is_not_required_may_be_skipped(step: str, skipped: tuple[str, ...]):
    assert answered("跳过", waiting(step), LIST).skipped == skipped


@pytest.mark.parametrize(
    ("step", "text"), [("hours", "很久"), ("check.0", "跳过"), ("photo", "没有"), ("cause", " ")]
)
def test_what_is_no_answer_is_asked_again(step: str, text: str):
    assert answered(text, waiting(step), LIST).again


def test_a_remark_belongs_to_the_failed_check():
    failed = merged(WHOLE, {"checks": (CheckAnswer(key="cools", passed=False),)})

    found = answered("温度降不下来", waiting("remark.0", failed), LIST)

    assert found.changes == {"checks": (CheckAnswer(key="cools", passed=False, remark="温度降不下来"),)}


def test_a_pressed_answer_of_an_earlier_question_counts_too():
    assert picked("check.0.pass", waiting("extras"), LIST).changes["checks"][0].passed
    assert picked("check.1.skip", waiting("extras"), LIST).skipped == ("check.1",)


@pytest.mark.parametrize("choice", ["check.0.skip", "check.7.pass", "cause.pass", "x", ""])
def test_an_answer_nobody_offered_is_refused(choice: str):
    with pytest.raises(NothingWaiting):
        picked(choice, draft(), LIST)


@pytest.mark.parametrize("text", ["原因：电容 处理：更换 工时：999", "工时：73", "工时：100小时"])
def test_hours_that_no_visit_takes_are_named_and_not_read(text: str):
    assert "hours" not in read_report(text, [])
    assert [key for key, _ in unread_in(text, [])] == ["hours"]


def test_three_days_and_nights_are_possible():
    assert read_report("工时：72", []) == {"hours": Decimal(72)}
