"""A symptom is cut by one convention, in the seeds, in what is read and in what is compared."""

import pytest

from adapters.understanding import resources
from adapters.understanding.folding import Span, fold
from adapters.understanding.symptoms import core, tidied, trimmed


def _tidied(words: str) -> list[str]:
    return [words[span.start : span.end] for span in tidied(words, Span(0, len(words)))]


@pytest.mark.parametrize(
    ("said", "symptom"),
    [
        ("一直不制冷了", "不制冷"),
        ("今天早上又开始漏水啦", "漏水"),
        ("方向盘抖得厉害", "方向盘抖"),
        ("屏幕提示球管过热", "球管过热"),
        ("有一股焦味", "焦味"),
        ("报过流oc3", "报过流"),
        ("开不了", "开不了"),
        ("停了", "停了"),
        ("再生失败", "再生失败"),
        ("老化", "老化"),
        ("-3度", "-3度"),
    ],
)
def test_only_the_fault_is_left(said: str, symptom: str):
    assert _tidied(said) == [symptom]


@pytest.mark.parametrize(
    ("said", "symptoms"),
    [
        ("不制冷还漏水", ["不制冷", "漏水"]),
        ("又抖又响", ["抖", "响"]),
        ("趴窝了打不着火", ["趴窝", "打不着火"]),
        ("电机烫手 冒烟", ["电机烫手", "冒烟"]),
        ("按了没反应", ["按了没反应"]),
        ("压力还不够", ["压力还不够"]),
    ],
)
def test_two_symptoms_in_one_breath_are_two(said: str, symptoms: list[str]):
    assert _tidied(said) == symptoms


@pytest.mark.parametrize(
    ("one", "other"), [("停", "又停了"), ("噪音特别大", "噪音大"), ("屏幕是碎的", "屏幕碎了")]
)
def test_symptoms_are_compared_without_what_adds_nothing(one: str, other: str):
    assert core(one) == core(other)


def test_the_seeds_keep_to_the_convention():
    for row in resources.seeds():
        text = fold(row.text)
        for words in row.gold.symptoms:
            start = text.find(fold(words))
            span = Span(start, start + len(words))
            assert trimmed(text, span) == span, (row.id, words)
