"""When `fixloop demo` plays its story by itself."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from bootstrap.demo import commands


class Terminal(io.StringIO):
    """What somebody types into."""

    def isatty(self) -> bool:
        return True


class PlayedShow:
    """Says in which order things were done."""

    def __init__(self, folder: Path, *_: object, **__: object) -> None:
        self.done: list[str] = []
        self.wall = SimpleNamespace(url="http://127.0.0.1:1/")
        self.console = SimpleNamespace(run=lambda: self.done.append("type"))
        shows.append(self)

    def open(self) -> None:
        self.done.append("open")

    def play(self) -> None:
        self.done.append("story")

    def wait_forever(self) -> None:
        self.done.append("wait")

    def stop(self) -> None:
        self.done.append("stop")


shows: list[PlayedShow] = []


@pytest.mark.parametrize(
    ("stdin", "ends", "done"),
    [
        (Terminal(), False, ["open", "type", "wait", "stop"]),
        (io.StringIO(), False, ["open", "story", "type", "wait", "stop"]),
        (Terminal(), True, ["open", "story", "stop"]),
        (io.StringIO(), True, ["open", "story", "stop"]),
    ],
)
def test_the_story_is_played_for_whoever_cannot_type_or_asks_for_it(monkeypatch, stdin, ends, done):
    monkeypatch.setattr(commands, "Show", PlayedShow)
    monkeypatch.setattr("sys.stdin", stdin)

    assert commands.demo(exit_after_story=ends, port=0) == 0
    assert shows[-1].done == done
