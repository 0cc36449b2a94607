"""Somebody leaves: their account does nothing any more, and what they have goes to somebody else."""

from pathlib import Path

import pytest

from adapters.csvfiles import import_files
from domain.people.model import Role
from tests.flows.test_closing import accepted
from tests.support import cast
from tests.support.closing import hire
from tests.support.field import under_way
from tests.support.loop import Loop

HEAD = "name,mobile,roles,dingtalk_userid,left\n"


@pytest.mark.parametrize("row", ["technician,li,是", "agent,li,"])
def test_who_is_no_technician_any_more_keeps_no_work_order(loop: Loop, tmp_path: Path, row: str):
    number = under_way(loop, region="华东")
    people = tmp_path / "people.csv"
    people.write_text(f"{HEAD}李强,{cast.MOBILE['李强']},{row}\n")

    import_files(loop.database, [people], loop.clock.now())

    loop.wang.card("接单", number)
    loop.settle()
    assert not loop.li.has_button("完工")
    loop.wang.presses("接单")
    assert loop.chen.hears("王芳 技师")
    loop.zhao.says(f"时间线 {number}")
    assert loop.zhao.hears("李强 已不在岗，收回工单")


def test_who_left_is_told_so_and_changes_nothing(loop: Loop, tmp_path: Path):
    number = under_way(loop, region="华东")
    people = tmp_path / "people.csv"
    people.write_text(f"{HEAD}李强,{cast.MOBILE['李强']},technician,li,是\n")
    import_files(loop.database, [people], loop.clock.now())
    loop.wang.card("接单", number)

    loop.li.says(f"完工 {number} 原因：电容 处理：更换 工时：1")

    assert loop.li.hears("您的账号已停用")
    assert not loop.events("WorkCompleted")


def test_an_agent_s_calls_go_to_the_next_agent_when_they_leave(loop: Loop, tmp_path: Path):
    ending = accepted(loop, "kf", "dingtalk")
    ending.agent.card("已回访·满意", ending.number)
    other = hire(loop, "何安", Role.AGENT, "wecom", "hean")
    ending.finance.says(f"结算 {ending.number} 免费")
    ending.becomes("settled")

    leaves(loop, tmp_path, "吴兰", "agent")

    other.card("已回访·满意", ending.number)
    assert not ending.agent.has_button("已回访·满意")
    assert loop.zhao.hears("吴兰 已不在岗", "已转给 何安")
    other.presses("已回访·满意")
    ending.becomes("closed")


@pytest.mark.parametrize("door", ["zhao", "zheng"])
def test_without_another_agent_the_desk_has_the_calls_of_who_left(loop: Loop, tmp_path: Path, door: str):
    ending = accepted(loop, "kf", "dingtalk")
    ending.finance.says(f"结算 {ending.number} 免费")
    ending.becomes("settled")

    leaves(loop, tmp_path, "吴兰", "agent")

    someone = getattr(loop, door)
    assert someone.hears("吴兰 已不在岗", ending.number)
    someone.says("回访")
    assert someone.hears("待回访（1）", ending.number)
    someone.says(f"回访 {ending.number} 已解决 客户满意")
    ending.becomes("closed")


def test_the_desk_reads_everybody_s_calls_with_who_has_them(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")

    loop.zhao.says("回访")

    assert loop.zhao.hears("待回访（1）", ending.number, "（吴兰）")


def leaves(loop: Loop, folder: Path, name: str, role: str) -> None:
    """Let the next import say that somebody left."""
    people = folder / "people.csv"
    mobile = loop.person(name).mobile
    people.write_text(f"name,mobile,roles,left\n{name},{mobile},{role},是\n")
    import_files(loop.database, [people], loop.clock.now())
    loop.settle()
