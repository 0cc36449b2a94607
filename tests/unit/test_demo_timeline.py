"""The demonstration reads its own time line as strictly as its reader would."""

import pytest

from bootstrap.demo.timeline import adds_up, checks, happened, is_whole
from domain.kernel.localtime import duration


def whole(total: str, *nodes: str) -> list[str]:
    return [f"【工单 WO-1 时间线（已关闭）】\n◆ 合计 {total}：{'，'.join(nodes)}"]


@pytest.mark.parametrize(
    "told",
    [
        whole("5秒", "派工 1秒", "路上 0秒", "等验收 4秒"),
        whole("1分59秒", "派工 59秒", "路上 1分"),
        whole("1天1小时", "派工 1天", "路上 20分", "等配件 50分"),
    ],
)
def test_nodes_that_may_make_up_the_total_add_up(told: list[str]):
    assert adds_up(told)


@pytest.mark.parametrize(
    "told",
    [
        whole("5秒", "派工 1秒", "等验收 3秒"),
        whole("5秒", "派工 1秒", "等验收 5秒"),
        whole("3分", "派工 59秒", "路上 1分"),
        whole("2小时", "派工 1天"),
        ["没有合计"],
    ],
)
def test_nodes_that_cannot_make_up_the_total_do_not_add_up(told: list[str]):
    assert not adds_up(told)


@pytest.mark.parametrize("nodes", [(59, 61, 3599), (1, 86_399, 90_061), (3_600, 60, 60)])
def test_what_adds_up_in_seconds_adds_up_as_it_is_written(nodes: tuple[int, ...]):
    assert adds_up(whole(duration(sum(nodes)), *(f"环节 {duration(one)}" for one in nodes)))


def test_every_line_that_tells_of_a_step_counts():
    told = ["A\n挂起（等配件）：接触器\n恢复", "B\n挂起（等客户）"]

    assert (happened(told, "挂起"), happened(told, "转单")) == (2, 0)


def test_a_page_that_is_missing_is_noticed():
    first, last = "【工单 WO-1 时间线（已关闭） 第 1/2 页】", "【工单 WO-1 时间线（已关闭） 第 2/2 页】"

    assert is_whole([first, last]) and is_whole(["【工单 WO-1 时间线（已关闭）】"])
    assert not is_whole([last]) and not is_whole([first]) and not is_whole([])


def test_a_time_line_that_tells_another_story_fails_in_the_right_place():
    lines = "挂起（等配件）：甲\n派给 王芳（从 李强 转出）：乙\n重新打开：丙\n重新打开：丁"
    told = [f"【工单 WO-1 时间线（已关闭）】\n{lines}\n◆ 合计 5秒：派工 5秒"]

    failed = [what for what, seen in checks(told).items() if not seen]

    assert failed == ["时间线上“验收不通过”正好一次", "时间线上“重开”正好一次"]
