"""The card of a request: one question at a time, then the summary."""

from typing import Any
from uuid import UUID

import pytest

from cards.draft import draft_card, intake_news
from cards.spec import Card
from domain.intake.data import DraftState, Suggestion
from domain.intake.views import DraftView, FaultLine, IntakeNewsView, Option

ICE = Option(label="制冰机（ZB-1002）", choice="a" * 32)
FAULT = FaultLine(device="冷库机组（LK-9001）", fault="不制冷了")


def card(state: DraftState = DraftState.SUMMARY, **facts: Any) -> Card:
    values: dict[str, Any] = {"draft_id": UUID(int=7), "revision": 3, "state": state, "faults": (FAULT,)}
    return draft_card(DraftView(**(values | facts)))


def labels(shown: Card) -> list[str]:
    return [button.label for button in shown.buttons]


def test_a_summary_says_what_was_understood_and_asks_for_one_press():
    shown = card(address="张江路 88 号", mobile="13900000001", files=3, urgency="P2")

    assert labels(shown) == ["确认报修", "改一下", "取消"]
    assert ("附件", "3 个") in shown.fields
    assert ("紧急程度", "P2 紧急") in shown.fields
    assert {button.action.version for button in shown.buttons} == {3}


def test_several_faults_are_numbered_and_can_be_put_together():
    shown = card(faults=(FAULT, FaultLine(fault="空压机异响")))

    assert "1. 冷库机组（LK-9001）：不制冷了\n2. 空压机异响" in shown.body
    assert "合成一张" in labels(shown)


def test_what_was_put_together_can_be_taken_apart():
    assert "分开报修" in labels(card(together=True))


def test_a_question_offers_its_choices_and_a_way_around():
    shown = card(DraftState.ASKING, step="asset", options=(ICE,))

    assert labels(shown) == ["制冰机（ZB-1002）", "其他设备/不确定", "取消"]
    assert shown.buttons[0].action.choice == ICE.choice


def test_what_is_wrong_cannot_be_skipped():
    assert labels(card(DraftState.ASKING, step="fault")) == ["取消"]


@pytest.mark.parametrize(("running", "label"), [(True, "加入这个工单"), (False, "还是这个问题")])
def test_the_same_matter_is_joined_while_it_runs_and_opened_again_after(running, label):
    same = Suggestion(work_order_id="b" * 32, number="WO-20261124-0001", fault="不制冷", running=running)

    shown = card(
        DraftState.ASKING, step="duplicate", same=same, options=(Option(label="x", choice="b" * 32),)
    )

    assert labels(shown)[:2] == [label, "不是，单独报修"]
    assert "WO-20261124-0001" in shown.body


def test_only_who_sounds_angry_is_offered_a_superior():
    assert "请主管联系我" in labels(card(superior="proposed"))
    assert "请主管联系我" not in labels(card())
    assert "请主管联系我" not in labels(card(superior="confirmed"))


def test_what_ended_has_nothing_to_press():
    shown = card(DraftState.REGISTERED, numbers=("WO-20261124-0001",))

    assert not shown.buttons
    assert shown.title == "已登记 WO-20261124-0001"


def test_what_was_registered_at_once_says_how_to_undo_it_and_what_is_missing():
    shown = card(DraftState.REGISTERED, numbers=("WO-1",), at_once=True, missing=("address",))

    assert "具体位置" in shown.hint
    assert "取消 WO-1" in shown.hint


def test_every_button_fits_its_packed_token():
    shown = card(DraftState.ASKING, step="asset", options=(ICE,), superior="proposed")

    assert all(button.action.pack() for button in shown.buttons)


def test_news_leave_out_what_is_not_known():
    view = IntakeNewsView(kind="handed_over", facts={"name": "陈静", "words": "要找人"})

    assert intake_news(view).text == "客户 陈静 要找人工，请尽快联系。\n客户说过：要找人"
