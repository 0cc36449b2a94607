"""What a definition must not have; each message names the node and says what to do."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.engine.process import MAX_NODES, Definition, Problem, check
from domain.engine.process.checks_graph import graph_problems
from tests.support.process import approval, compare, one, process
from tests.support.process_kinds import KINDS


def problems(definition: Definition) -> list[Problem]:
    return check(
        definition,
        compile=compare,
        roles={"lead"},
        steps={"accept", "work", "arrive"},
        triggers={"book"},
        fields={"amount", "owner"},
        people=lambda person: person != "gone",
    )


def messages(*nodes: dict[str, Any]) -> str:
    return "\n".join(problem.message for problem in problems(process(*nodes)))


def split(*branches: str, join: str = "j", name: str = "s") -> dict[str, Any]:
    return {"kind": "parallel", "id": name, "title": "分头", "branches": branches, "join": join}


def join(then: str = "end", name: str = "j") -> dict[str, Any]:
    return {"kind": "join", "id": name, "title": "会合点", "next": then}


def choice(when: str, then: str, default: str) -> dict[str, Any]:
    ways = [{"when": when, "next": then}]
    return {"kind": "condition", "id": "c", "title": "金额", "branches": ways, "default": default}


A, B = approval("a", "zhang", then="end"), approval("b", "wang", then="end")


@pytest.mark.parametrize("definition", KINDS)
def test_a_sound_definition_has_no_problems(definition: Definition):
    assert problems(definition) == []


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([{**A, "next": "nowhere"}], "下一步 nowhere 不存在"),
        ([A, B], "“b审批”走不到"),
        ([{**A, "next": "b"}, {**B, "next": "a"}], "“a审批”、“b审批” 连成了一个圈"),
        ([{**A, "next": "start"}], "“a审批”不能指向发起节点"),
        ([A, {**B, "id": "a"}], "节点编号 a 用了 2 次"),
        ([A, {"kind": "start", "id": "s2", "title": "再发起", "next": "a"}], "“再发起”是多余的发起节点"),
        ([choice("amount >> 5", "end", "end")], "“金额”的条件“amount >> 5”有错，第 1 个字符：看不懂"),
        ([{**A, "skip_when": "?"}], "“a审批”的跳过条件“?”有错，第 1 个字符"),
        ([{**A, "approvers": [{"by": "role", "role": "king"}]}], "角色“king”不存在，可以用：lead"),
        ([{**A, "approvers": [{"by": "person", "person": "gone"}]}], "人员“gone”不存在或已离职"),
        ([{**A, "approvers": [{"by": "field", "field": "x"}]}], "字段“x”不存在"),
        ([{**A, "approvers": [{"by": "skill"}]}], "写技能名称，或者写存放技能的字段"),
        ([{**A, "approvers": []}], "“a审批”没有写审批人"),
        ([{**A, "again_when_raised": "x"}], "要看的字段“x”不存在"),
        ([{**A, "mode": "vote"}], "请写通过比例或通过票数"),
        ([{**A, "mode": "vote", "pass_share": 0.5, "pass_count": 1}], "两个只写一个"),
        ([{**A, "mode": "vote", "pass_share": 1.5}], "通过比例 1.5 不对"),
        ([{**A, "mode": "vote", "pass_count": 0}], "通过票数 0 不对"),
        ([{**A, "mode": "vote", "pass_count": 2}], "要 2 票通过，却只有 1 个审批人"),
        ([{**A, "pass_count": 1}], "不是票签"),
        ([{**A, "timeout": {"within_min": 5, "do": "agree", "every_min": 5}}], "只会发生一次"),
        ([{"kind": "task", "id": "t", "title": "到", "step": "x", "next": "end"}], "要等的步骤“x”不存在"),
        ([{"kind": "trigger", "id": "t", "title": "做", "do": "x", "next": "end"}], "动作“x”不存在"),
        (
            [{"kind": "cc", "id": "t", "title": "送", "to": [{"by": "role", "role": "x"}], "next": "end"}],
            "角色“x”",
        ),
    ],
)
def test_what_is_wrong_is_said(nodes: list[dict[str, Any]], said: str):
    assert said in messages(*nodes)


def test_what_only_follows_from_an_unknown_target_is_not_said():
    assert messages({**A, "next": "c"}, choice("amount > 5", "nowhere", "b"), B).count("\n") == 0


def test_a_long_rule_is_not_said_back_whole():
    assert "”有错" in (said := messages({**A, "skip_when": "?" + "(" * 800}))
    assert len(said) < 150


TO_J = {"a": {**A, "next": "j"}, "b": {**B, "next": "j"}}


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([split("a", "b", join="x"), A, B], "汇合节点 x 不存在"),
        ([split("a", "b", join="b"), {**A, "next": "b"}, B], "汇合“b审批”不是汇合节点"),
        ([split("a", "j"), TO_J["a"], join()], "有一个分支是空的"),
        ([split("a", "a"), TO_J["a"], join()], "两个分支指向同一个节点"),
        ([{**A, "next": "j"}, join()], "“会合点”没有对应的并行节点"),
        ([split("a", "b"), TO_J["a"], B, join()], "分支要先走到汇合，再结束"),
        ([split("a", "b"), {**A, "next": "b"}, TO_J["b"], join()], "在另一个并行分支里"),
        (
            [choice("amount > 1", "s", "a"), split("a", "b"), TO_J["a"], TO_J["b"], join()],
            "在另一个并行分支里",
        ),
        ([choice("amount > 1", "s", "j"), split("a", "b"), TO_J["a"], TO_J["b"], join()], "别的并行的汇合"),
        (
            [
                split("a", "s2"),
                split("b", "d", name="s2"),
                TO_J["a"],
                TO_J["b"],
                approval("d", "wu", then="j"),
                join(),
            ],
            "共用汇合“会合点”",
        ),
    ],
)
def test_parallel_blocks_that_are_not_nested_are_said(nodes: list[dict[str, Any]], said: str):
    assert said in messages(*nodes)


def test_an_inner_join_must_come_before_the_outer():
    nodes = [
        split("a", "s2"),
        TO_J["a"],
        split("b", "d", name="s2", join="k"),
        {**B, "next": "k"},
        approval("d", "wu", then="j"),
        join("j", name="k"),
        join(),
    ]

    assert "“d审批”走到了别的并行的汇合“会合点”" in messages(*nodes)


@pytest.mark.parametrize(("left_out", "said"), [("start", "没有发起节点"), ("end", "没有结束节点")])
def test_a_start_and_an_end_are_needed(left_out: str, said: str):
    nodes = [node for node in one("zhang").nodes if node.kind != left_out]
    definition = one("zhang").model_copy(update={"nodes": tuple(nodes)})

    assert said in problems(definition)[0].message


def chain(length: int) -> Definition:
    return process(
        *(approval(f"n{n}", "zhang", then=f"n{n + 1}") for n in range(length)),
        approval(f"n{length}", "sun", then="end"),
    )


def test_a_definition_has_a_limit_of_nodes():
    assert problems(chain(MAX_NODES - 3)) == []
    assert "最多 300 个" in problems(chain(MAX_NODES))[0].message


@pytest.mark.parametrize("closed", [False, True])
def test_a_deep_graph_is_answered_too(closed: bool):
    nodes = {node.id: node for node in chain(2_000).nodes}
    if closed:
        nodes["n1999"] = nodes["n1999"].model_copy(update={"next": "n0"})

    assert [("圈" in problem.message) for problem in graph_problems(nodes)][:1] == [True] * closed


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "kind": "condition",
            "id": "c",
            "title": "金额",
            "branches": [{"when": "amount > 1", "next": "end"}],
        },
        {**A, "id": "Not A Key"},
        {**A, "surprise": 1},
        {**A, "approvers": [{"by": "magic"}]},
    ],
)
def test_what_is_not_a_definition_is_refused_when_read(wrong: dict[str, Any]):
    with pytest.raises(ValidationError):
        process(wrong)
