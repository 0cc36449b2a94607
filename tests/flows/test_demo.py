"""`fixloop demo`, as somebody starts it: the real story, played to its end by the real product."""

from pathlib import Path

import pytest
import requests

from bootstrap.demo.cast import read_cast
from bootstrap.demo.chats import Chats
from bootstrap.demo.commands import demo
from bootstrap.demo.show import Show
from domain.kernel.localtime import CHINA

pytestmark = pytest.mark.processes


def test_the_demonstration_plays_its_story_and_ends_with_the_whole_time_line(capsys):
    assert demo(exit_after_story=True, port=0) == 0

    told = capsys.readouterr().out
    ending = told[told.index("【时间线】") :]
    for step in ("报修：", "转出）", "挂起（", "恢复", "次验收不通过", "重新打开：", "关单", "◆ 合计"):
        assert step in ending, step
    for seen in ("“挂起”", "“转单”", "“验收不通过”", "“重开”"):
        assert f"✓ 时间线上{seen}正好一次" in ending
    assert "✓ 各环节用时相加等于合计" in ending
    assert "✗" not in told


def test_the_wall_opens_before_anything_happened_and_says_who_begins(tmp_path: Path):
    cast = read_cast()
    show = Show(tmp_path, cast, port=0, write=lambda _: None)
    try:
        show.open()
        told = show.wall.board.playbill.told()
        guide = show.wall.board.guide

        assert guide is not None
        assert guide.first == cast.with_role("customer")[0].user_id
        assert not show.stage.wecom.chat(f"kf:{guide.first}")
        assert (told["running"], told["played"]) == ("", False)
        assert told["acts"][0]["title"] == "整个故事"
    finally:
        show.stop()


def test_reset_begins_anew_behind_the_same_address(tmp_path: Path):
    show = Show(tmp_path, read_cast(), port=0, write=lambda _: None)
    try:
        show.wall.start()
        before, url = show.stage, show.wall.url
        customer = next(iter(before.wecom.customers))
        before.wecom.customer_says(customer, "进度")

        show.reset()

        assert show.stage is not before
        assert show.stage.alive()
        assert requests.get(url, timeout=5).ok
        assert not show.stage.wecom.chat(f"kf:{customer}")
        assert show.console.stage is show.stage
    finally:
        show.stop()


def test_the_product_goes_by_the_clock_of_the_wall(tmp_path: Path):
    show = Show(tmp_path, read_cast(), port=0, write=lambda _: None)
    try:
        show.open()
        customer = read_cast().with_role("customer")[0]
        chats = Chats(show.stage, lambda _: None)
        for by in ("day", "fast"):
            moved = requests.post(
                f"{show.wall.url}clock/{by}", headers={"X-Wall-Token": show.wall.token}, json={}, timeout=5
            )
            assert moved.ok, moved.text
        tomorrow = show.stage.clock.now().astimezone(CHINA)

        chats.says(customer, "1号冷库的门关不严")
        chats.presses(customer, "确认报修")

        chats.hears(customer, "已收到您的报修", f"WO-{tomorrow:%Y%m%d}-")
        assert show.stage.clock.ahead_s > 86_400
    finally:
        show.stop()
