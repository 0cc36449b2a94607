"""A language model reads a report after its window; when it fails, the customer gets the first reading."""

import json
import logging

import pytest

from bootstrap.doctor import _language_model
from bootstrap.settings import load_settings
from tests.fakes.language_model import LanguageModel
from tests.support.dingtalk import wait_until
from tests.support.intake import only_draft
from tests.support.loop import Loop

WINDOW_S = 5
SAID = "楼下那个大家伙故障了，一动就哐当响"
ANSWER = {"intent": "report_fault", "faults": [{"device": "大家伙", "symptoms": ["一动就哐当响"]}]}


@pytest.fixture
def quick(stage: Loop, monkeypatch: pytest.MonkeyPatch) -> Loop:
    """Give the stage with a clock that looks often."""
    monkeypatch.setattr("bootstrap.wiring.INTAKE_EVERY_S", 0.05)
    return stage


def reported(loop: Loop, model: LanguageModel, said: str = SAID) -> None:
    """Let Chen report with the model configured, and the window end."""
    loop.start_product(intake_window_s=WINDOW_S, llm=model.settings)
    loop.chen.says(said)
    loop.settle()
    loop.advance(WINDOW_S + 1)


def test_the_summary_shows_what_the_model_read(quick):
    with LanguageModel(json.dumps(ANSWER)) as model:
        reported(quick, model)
        quick.chen.hears("请确认您的报修")

    (fault,) = only_draft(quick).known.faults
    assert (fault.device, fault.symptoms) == ("大家伙", ("一动就哐当响",))
    assert len(model.asked) == 1


@pytest.mark.parametrize("content", ["sorry", '{"intent": "dance"}', json.dumps(ANSWER | {"faults": [{}]})])
def test_nonsense_leaves_the_first_reading(quick, content):
    with LanguageModel(content) as model:
        reported(quick, model, "冷库机组不制冷了")
        quick.chen.hears("请确认您的报修", "不制冷")

    assert len(model.asked) == 1


def test_a_model_that_does_not_answer_is_waited_for_once(quick):
    with LanguageModel(None) as model:
        reported(quick, model, "冷库机组不制冷了")
        wait_until(lambda: model.asked, "the model to be asked")
        quick.advance(2)
        quick.chen.hears("请确认您的报修", "不制冷")

    assert len(model.asked) == 1


def test_words_said_meanwhile_are_read_by_the_first_reader(quick):
    with LanguageModel(None) as model:
        reported(quick, model, "冷库机组不制冷了")
        wait_until(lambda: model.asked, "the model to be asked")
        quick.chen.says("门也关不严")
        quick.settle()
        quick.advance(WINDOW_S + 1)
        quick.chen.hears("请确认您的报修", "关不严")

    assert len(model.asked) == 1


@pytest.mark.parametrize(("key", "good"), [("sk-test", True), ("sk-old", False)])
def test_doctor_says_whether_the_model_answers(key, good, caplog):
    with LanguageModel(json.dumps(ANSWER)) as model, caplog.at_level(logging.DEBUG):
        told, verdict = _language_model(load_settings(llm=model.settings | {"api_key": key}))

    assert (told.good, verdict.good) == (None, good)
    assert "sk-" not in f"{told}{verdict}{caplog.text}"
