"""`fixloop demo`, as somebody starts it: the real story, played to its end by the real product."""

import pytest

from bootstrap.demo.commands import demo

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
