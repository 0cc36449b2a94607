"""Whether a definition may be published: every problem in Chinese, with its node and what to do.

Source: docs/reference/process-engine.md, rules PE-5 to PE-7.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from domain.engine.process.checks_graph import graph_problems
from domain.engine.process.definition import (
    Approve,
    Assign,
    ByField,
    ByPerson,
    ByRole,
    BySkill,
    Cc,
    Choice,
    Definition,
    Milestone,
    Node,
    Trigger,
)
from domain.engine.process.graph import exits
from domain.engine.process.ports import Compile
from domain.engine.process.problem import Problem

MAX_NODES = 300
LONGEST_SHOWN = 60
"""Characters of a rule that are said back."""


class _Known:
    """What a definition may name."""

    def __init__(
        self,
        compile: Compile,
        *,
        roles: Collection[str],
        steps: Collection[str],
        triggers: Collection[str],
        fields: Collection[str],
        people: Callable[[str], bool],
    ) -> None:
        self.compile, self.people = compile, people
        self.roles, self.steps, self.triggers, self.fields = roles, steps, triggers, fields


def check(
    definition: Definition,
    *,
    compile: Compile,
    roles: Collection[str],
    steps: Collection[str],
    triggers: Collection[str],
    fields: Collection[str],
    people: Callable[[str], bool],
) -> list[Problem]:
    """Return everything that is wrong with a definition; nothing means it can be started.

    Args:
        fields: the keys of data that formulas and assignments may name.
        people: tells whether there is such a person.
    """
    found = list(_counts(definition))
    if found:
        return found
    known = _Known(compile, roles=roles, steps=steps, triggers=triggers, fields=fields, people=people)
    names = {node.id for node in definition.nodes}
    for node in definition.nodes:
        found += [_said(node, message) for message in _targets(node, names)]
        found += [_said(node, message) for message in _inside(node, known)]
    if not all(_known_targets(node, names) for node in definition.nodes):
        return found  # What else is wrong with the ways only follows from that.
    return [*found, *graph_problems({node.id: node for node in definition.nodes})]


def _said(node: Node, message: str) -> Problem:
    return Problem(node=node.id, message=f"“{node.title}”{message}")


def _counts(definition: Definition) -> Iterator[Problem]:
    nodes = definition.nodes
    if len(nodes) > MAX_NODES:
        yield Problem(
            node="",
            message=f"流程“{definition.title}”有 {len(nodes)} 个节点，最多 {MAX_NODES} 个，请拆成几个流程",
        )
    starts = [node for node in nodes if node.kind == "start"]
    if not starts:
        yield Problem(node="", message=f"流程“{definition.title}”没有发起节点，请加上一个 start 节点")
    for node in starts[1:]:
        yield _said(node, "是多余的发起节点，一个流程只能有一个，请删掉它")
    if not any(node.kind == "end" for node in nodes):
        yield Problem(node="", message=f"流程“{definition.title}”没有结束节点，请加上一个 end 节点")
    for name, count in Counter(node.id for node in nodes).items():
        if count > 1:
            titles = "、".join(node.title for node in nodes if node.id == name)
            yield Problem(node=name, message=f"节点编号 {name} 用了 {count} 次（{titles}），请改成不同的编号")


def _targets(node: Node, names: Collection[str]) -> Iterator[str]:
    for target in exits(node):
        if target not in names:
            yield f"的下一步 {target} 不存在，请改成流程里有的节点"
    if node.kind == "parallel":
        if node.join not in names:
            yield f"的汇合节点 {node.join} 不存在，请加上一个 join 节点"
        if len(set(node.branches)) < len(node.branches):
            yield "有两个分支指向同一个节点，请让每个分支从自己的节点开始"


def _known_targets(node: Node, names: Collection[str]) -> bool:
    joins = (node.join,) if node.kind == "parallel" else ()
    return all(target in names for target in (*exits(node), *joins))


def _inside(node: Node, known: _Known) -> Iterator[str]:
    if isinstance(node, Choice):
        for branch in node.branches:
            yield from _formula(branch.when, "的条件", known)
    elif isinstance(node, Milestone):
        if node.step not in known.steps:
            yield f"要等的步骤“{node.step}”不存在，可以用：{_some(known.steps)}"
    elif isinstance(node, Trigger):
        if node.do not in known.triggers:
            yield f"的动作“{node.do}”不存在，可以用：{_some(known.triggers)}"
    elif isinstance(node, Cc):
        for who in node.to:
            yield from _assign(who, known)
    elif isinstance(node, Approve):
        yield from _approve(node, known)


def _approve(node: Approve, known: _Known) -> Iterator[str]:
    if not node.approvers:
        yield "没有写审批人，请至少写一个"
    for who in node.approvers:
        yield from _assign(who, known)
    if node.skip_when:
        yield from _formula(node.skip_when, "的跳过条件", known)
    if node.again_when_raised and node.again_when_raised not in known.fields:
        yield f"要看的字段“{node.again_when_raised}”不存在，可以用：{_some(known.fields)}"
    if node.mode == "vote":
        yield from _votes(node)
    elif node.pass_share is not None or node.pass_count is not None:
        yield "不是票签，不要写通过比例或通过票数；要按票数决定请把方式改成票签"
    timeout = node.timeout
    if timeout is not None and timeout.every_min is not None and timeout.do in {"agree", "refuse"}:
        yield "超时后自动决定只会发生一次，请去掉重复间隔"


def _votes(node: Approve) -> Iterator[str]:
    share, count = node.pass_share, node.pass_count
    if (share is None) == (count is None):
        yield "是票签，请写通过比例或通过票数，两个只写一个"
    if share is not None and not 0 < share <= 1:
        yield f"的通过比例 {share} 不对，要大于 0、不超过 1，例如 0.5 表示一半"
    if count is not None and count < 1:
        yield f"的通过票数 {count} 不对，至少是 1"
    persons = sum(isinstance(who, ByPerson) for who in node.approvers)
    if count is not None and persons == len(node.approvers) < count:
        yield f"要 {count} 票通过，却只有 {persons} 个审批人，请减少票数或增加审批人"


def _assign(who: Assign, known: _Known) -> Iterator[str]:
    if isinstance(who, ByRole) and who.role not in known.roles:
        yield f"的角色“{who.role}”不存在，可以用：{_some(known.roles)}"
    if isinstance(who, ByPerson) and not known.people(who.person):
        yield f"的人员“{who.person}”不存在或已离职，请换成在职人员"
    if isinstance(who, ByField | BySkill) and who.field and who.field not in known.fields:
        yield f"的字段“{who.field}”不存在，可以用：{_some(known.fields)}"
    if isinstance(who, BySkill) and bool(who.skill) == bool(who.field):
        yield "按技能找人要写技能名称，或者写存放技能的字段，两个只写一个"


def _formula(text: str, what: str, known: _Known) -> Iterator[str]:
    try:
        known.compile(text)
    except ValueError as error:
        column = getattr(error, "column", None)
        where = f"第 {column} 个字符" if column is not None else "其中"
        shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
        yield f"{what}“{shown}”有错，{where}：{getattr(error, 'message', error)}"


def _some(names: Collection[str]) -> str:
    shown = sorted(names)
    return "、".join(shown[:10]) + (" 等" if len(shown) > 10 else "") if shown else "（现在还没有）"
