"""A definition as text, and where sample data would lead."""

from domain.engine.process import Definition, draw, simulate
from tests.support.process import AT, Firm, approval, compare, process
from tests.support.process_kinds import BLOCK, NESTED, STEPS


def foreseen(definition: Definition, **more):
    said = {"data": {}, "firm": Firm(), "initiator": "li", **more}
    return simulate(
        definition, said["data"], compile=compare, directory=said["firm"], now=AT, initiator=said["initiator"]
    )


def test_a_process_is_drawn_with_its_branches_indented():
    assert draw(STEPS).splitlines() == [
        "试验（trial）",
        "[发起] 发起",
        "[审批] quote审批：zhang（会签）；跳过：amount < 100；amount 提高后重新审批",
        "[步骤] 接受（accept）",
        "[条件] 金额",
        "  如果 amount > 500：[审批] boss审批：sun、wu（会签）"
        "；60 分钟未处理则转给上级；amount 提高后重新审批",
        "  否则：→ 完成",
        "[步骤] 完成（work）",
        "[等待] 静置（90 分钟）",
        "[抄送] 告知：发起人",
        "[动作] 记账（book）",
        "[结束] 结束（通过）",
    ]


def test_parallel_blocks_are_drawn_one_in_another():
    lines = draw(NESTED).splitlines()

    assert "  分支2：[并行] 内层" in lines
    assert "    分支2：[步骤] 到场（arrive）" in lines
    assert lines.count("[汇合] 外汇合") == 1


def test_assignments_are_said_in_words():
    assigns = [
        {"by": "role", "role": "lead", "same_region": True},
        {"by": "head", "levels": 2},
        {"by": "field", "field": "owner"},
        {"by": "skill", "skill": "hydraulics", "level": "高级"},
        {"by": "relation", "relation": "previous_handler"},
    ]
    node = {**approval("a", then="end", mode="vote", pass_share=0.5), "approvers": assigns}

    assert "角色 lead（同区域）、发起人的第 2 级上级、字段 owner、技能 hydraulics 高级、上一处理人" in draw(
        process(node)
    )
    assert "票签，满 50% 通过" in draw(process(node))


def test_a_draft_with_mistakes_is_drawn_too():
    circle = process(approval("a", "zhang", then="b"), approval("b", "wang", then="a"))
    lost = process(approval("a", "zhang", then="nowhere"))

    assert "→ 转到“a审批”" in draw(circle)
    assert "→ 没有的节点 nowhere" in draw(lost)


def test_a_dry_run_names_rules_values_and_people():
    steps = foreseen(STEPS, data={"amount": 900}, firm=Firm(substitutes={"wu": "zheng"}))

    assert [step.node for step in steps] == [
        "start",
        "quote",
        "accept",
        "dear",
        "boss",
        "work",
        "rest",
        "tell",
        "do",
        "end",
    ]
    assert (steps[3].rule, steps[3].values, steps[3].next) == ("amount > 500", (("amount", 900),), "boss")
    assert [(each.person, each.principal) for each in steps[4].asked] == [("sun", ""), ("zheng", "wu")]


def test_a_dry_run_says_why_nobody_is_asked():
    steps = foreseen(STEPS, data={"amount": 50})

    assert (steps[1].skipped, steps[1].rule) == (True, "满足跳过条件：amount < 100")
    assert (steps[3].rule, steps[3].next) == ("其他情况", "work")


def test_a_dry_run_takes_every_branch_of_a_block_before_its_join():
    steps = foreseen(BLOCK)

    assert [(step.node, step.depth) for step in steps] == [
        ("start", 0),
        ("first", 0),
        ("split", 0),
        ("votes", 1),
        ("row", 1),
        ("row_again", 1),
        ("meet", 0),
        ("last", 0),
        ("end", 0),
    ]
