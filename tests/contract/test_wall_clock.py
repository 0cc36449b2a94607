"""The clock as it is moved from the wall: alone, or together with the product's; never backwards then."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters import clock
from bootstrap.demo.stage import CLOCK_FILE, Stage
from sandbox.wall import Board
from sandbox.wall.timing import CHINA
from tests.support.dingtalk import wait_until
from tests.support.walled import Walled, act


@pytest.fixture
def walled() -> Iterator[Walled]:
    walled = Walled()
    yield walled
    walled.stop()


@pytest.fixture
def together(walled: Walled) -> Board:
    """A wall whose product goes by the platforms' clock."""
    board = walled.new_board(followed=True)
    walled.wall.show(board)
    return board


def refusal(walled: Walled, by: str, **facts: str) -> tuple[int, str]:
    answer = walled.post(f"clock/{by}", facts)
    return answer.status_code, str(answer.json()["error"])


def test_the_platforms_clock_jumps_and_comes_back_where_the_product_has_its_own(walled):
    for by in ("minutes", "hour", "day"):
        walled.does(f"clock/{by}")
    ahead = walled.board.clock.ahead_s
    walled.does("clock/real")

    assert (ahead, walled.board.clock.ahead_s) == (90_600, 0)


def test_a_product_with_a_clock_of_its_own_cannot_go_sixty_times_as_fast(walled):
    status, words = refusal(walled, "fast")

    assert (status, walled.board.clock.pace.speed) == (409, 1)
    assert "自己的钟" in words


def test_sixty_times_as_fast_and_back_never_turns_time_back(walled, together):
    seen = [together.clock.now()]
    for by in ("fast", "steady", "fast", "hour", "steady"):
        walled.does(f"clock/{by}")
        seen += [together.clock.now() for _ in range(20)]

    assert seen == sorted(seen)
    assert together.clock.pace.speed == 1
    assert together.clock.ahead_s >= 3600


def test_a_minute_passes_in_a_second(walled, together):
    walled.does("clock/fast")

    pace = together.clock.pace

    assert pace.at(pace.real_at + timedelta(seconds=1)) - pace.shown_at == timedelta(minutes=1)


def test_what_the_product_wrote_never_comes_from_the_future(walled, together):
    walled.does("clock/day")

    status, words = refusal(walled, "real")

    assert (status, round(together.clock.ahead_s)) == (409, 86_400)
    assert "重置" in words


def test_it_jumps_to_the_next_half_past_eight_in_china(walled, together):
    before = together.clock.now()
    walled.does("clock/morning")

    there = together.clock.now().astimezone(CHINA)

    assert f"{there:%H:%M}" == "08:30"
    assert timedelta() < there - before <= timedelta(days=1, seconds=1)


def test_it_jumps_to_a_moment_in_china(walled, together):
    wanted = datetime.now(CHINA).replace(second=0, microsecond=0) + timedelta(days=3)
    walled.does("clock/to", to=f"{wanted:%Y-%m-%dT%H:%M}")

    late_by = together.clock.now() - wanted.astimezone(UTC)

    assert timedelta() <= late_by < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("2020-01-01T08:30", "只能往后"),
        ("2999-01-01T08:30", "一年"),
        ("明天", "例如"),
        ("", "例如"),
        (7, "例如"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_in_words(walled, together, to, words):
    told = refusal(walled, "to", to=to)

    assert (told[0], abs(together.clock.ahead_s) < 1) == (400, True)
    assert words in told[1]


def test_while_something_is_played_the_clock_is_left_alone_and_goes_by_real_time(walled, together):
    go = threading.Event()
    walled.playbill.offer([act("a", lambda: go.wait(10))])
    walled.does("clock/fast")
    walled.does("acts/a")

    told = refusal(walled, "hour")
    speed = together.clock.pace.speed
    go.set()
    wait_until(lambda: not walled.playbill.running(), "the end")

    assert (told[0], "正在演" in told[1], speed) == (409, True, 1)


def test_an_open_page_is_told_how_the_clock_goes(walled, together):
    walled.does("clock/day")
    walled.does("clock/fast")

    beside = dict(walled.events("beside"))["beside"]

    assert (beside["timing"]["speed"], beside["timing"]["followed"]) == (60, True)
    assert beside["now"]["ahead_ms"] >= 86_400_000


def test_tokens_end_when_the_clock_passes_them_and_new_ones_hold(walled, together):
    old = walled.world.fresh_token()
    walled.does("clock/fast")
    walled.does("clock/day")

    assert walled.world.get("kf/account/list", access_token=old)["errcode"] == 42001
    fresh = walled.world.fresh_token()
    assert walled.world.get("kf/account/list", access_token=fresh)["errcode"] not in (40014, 42001)


def test_a_product_on_a_stage_shows_what_its_platforms_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "_now", clock._now)
    stage = Stage(tmp_path, port=1)
    stage.start_platforms([])
    clock.follow(tmp_path / CLOCK_FILE)
    for move in (lambda: stage.clock.advance(3600), lambda: stage.clock.run(60), lambda: stage.clock.run(1)):
        move()

        first, between, last = clock.utc_now(), stage.clock.now(), clock.utc_now()

        assert first <= between <= last
    stage.stop()
