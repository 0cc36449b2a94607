"""What is typed at the demonstration becomes what people do on the platform they are on."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bootstrap.demo.cast import Cast, Player
from bootstrap.demo.console import Console
from bootstrap.demo.transcript import _readable
from sandbox.core.journal import Entry

CAST = Cast(
    (
        Player("张敏", "kf", "wmZhang", frozenset({"customer"})),
        Player("赵静", "dingtalk", "zhao", frozenset({"dispatcher"})),
    )
)


class Platform:
    """Keeps every call by its name."""

    def __init__(self) -> None:
        self.done: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        def call(*values: Any, **named: Any) -> Any:
            self.done.append((name, values, named))
            return SimpleNamespace(code=200, latency_s=0.01)

        return call


def typed(line: str) -> tuple[list[Any], list[str]]:
    platform, written = Platform(), list[str]()
    stage: Any = SimpleNamespace(wecom=platform, dingtalk=platform, desk_group="desk")
    Console(stage, CAST, written.append)._do(line)
    return platform.done, written


@pytest.mark.parametrize(
    ("line", "call", "values"),
    [
        ("张敏 点 确认报修", "customer_taps", ("wmZhang", "确认报修")),
        ("张敏 点 5分 很满意", "customer_taps", ("wmZhang", "5分 很满意")),
        ("赵静 点 接单", "user_presses", ("zhao", "接单")),
        ("张敏：明天八点来", "customer_says", ("wmZhang", "明天八点来")),
        ("赵静 群里：@机器人 进度", "user_says", ("zhao", "进度")),
        ("张敏 发语音", "customer_sends_voice", ("wmZhang",)),
        ("赵静 发语音 压缩机换好了", "user_sends_voice", ("zhao", b"#!AMR\n", "压缩机换好了")),
        ("张敏 发位置 三号门", "customer_sends_location", ("wmZhang",)),
    ],
)
def test_a_line_is_one_thing_done(line: str, call: str, values: tuple[Any, ...]):
    done, _ = typed(line)

    assert [(name, said) for name, said, _ in done] == [(call, values)]


@pytest.mark.parametrize("line", ["张敏 发图片", "赵静 发图片"])
def test_a_picture_is_sent_on_either_platform(line: str):
    assert len(typed(line)[0]) == 1


def test_a_place_on_dingtalk_is_refused_in_words():
    assert "不能给机器人发位置" in typed("赵静 发位置")[1][0]


def test_what_can_be_tapped_stands_once():
    text = "请确认 / 没问题 / 改一下 [没问题] [改一下]"
    entry = Entry(
        at=datetime(2026, 11, 30, tzinfo=UTC),
        platform="wecom",
        kind="shown",
        chat="kf:x",
        text=text,
        data={"buttons": ("没问题", "改一下")},
    )

    assert _readable(entry) == ["请确认", "[没问题] [改一下]"]
