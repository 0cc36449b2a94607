"""A definition as indented Chinese text, for a terminal or a chat."""

from collections.abc import Mapping

from domain.engine.process.definition import (
    Approve,
    Assign,
    ByField,
    ByHead,
    ByPerson,
    ByRelation,
    ByRole,
    Cc,
    Choice,
    Definition,
    End,
    Milestone,
    Node,
    Parallel,
    Timeout,
    Timer,
    Trigger,
)
from domain.engine.process.graph import exits, ordered

MODES = {"all": "会签", "any": "或签", "sequence": "依次", "vote": "票签"}
_RESULTS = {"approved": "通过", "refused": "拒绝", "done": "办结"}
_RELATIONS = {
    "initiator": "发起人",
    "asset_responsible": "设备负责人",
    "previous_handler": "上一处理人",
    "assignee": "负责技师",
}
_TIMEOUTS = {"remind": "提醒", "escalate": "转给上级", "agree": "自动同意", "refuse": "自动拒绝"}
_INDENT = "  "


def draw(definition: Definition) -> str:
    """Return one line a node, branches indented, and below them where they meet again.

    A node that several ways lead to is drawn once; drafts with mistakes are drawn too.
    """
    nodes = {node.id: node for node in definition.nodes}
    lines = [f"{definition.title}（{definition.name}）"]
    drawn: set[str] = set()
    start = next((node.id for node in definition.nodes if node.kind == "start"), "")
    meets = _meeting_points(nodes)
    pending: list[tuple[int, str, str, frozenset[str]]] = [(0, "", start, frozenset())]
    while pending:
        depth, label, name, below = pending.pop()
        node = nodes.get(name)
        lead = _INDENT * depth + label
        if node is None:
            lines.append(f"{lead}→ 没有的节点 {name}")
            continue
        if name in below:
            if label:
                lines.append(f"{lead}→ {node.title}")
            continue
        if name in drawn:
            lines.append(f"{lead}→ 转到“{node.title}”")
            continue
        drawn.add(name)
        lines.append(f"{lead}{_line(node)}")
        meet = meets.get(name)
        inner = below | {meet} if meet else below
        pending += [(depth, "", meet, below)] if meet and meet not in below else []
        pending += [(*way, inner) for way in reversed(_behind(node, depth))]
    return "\n".join(lines)


def _meeting_points(nodes: Mapping[str, Node]) -> dict[str, str]:
    """Return for each node with several ways out the first node that lies on all of them."""
    order, circle = ordered(nodes)
    if circle:
        return {}
    place = {name: number for number, name in enumerate(order)}
    behind: dict[str, int] = {}
    for name in reversed(order):
        known = [way for way in exits(nodes[name]) if way in place]
        behind[name] = 1 << place[name]
        for way in known:
            behind[name] |= behind[way]
    found: dict[str, str] = {}
    for name in order:
        ways = [way for way in exits(nodes[name]) if way in place]
        common = -1
        for way in ways:
            common &= behind[way]
        if len(ways) > 1 and common:
            found[name] = order[(common & -common).bit_length() - 1]
    return found


def _behind(node: Node, depth: int) -> list[tuple[int, str, str]]:
    if isinstance(node, Choice):
        ways = [(depth + 1, f"如果 {branch.when}：", branch.next) for branch in node.branches]
        return [*ways, (depth + 1, "否则：", node.default)]
    if isinstance(node, Parallel):
        return [(depth + 1, f"分支{number}：", name) for number, name in enumerate(exits(node), 1)]
    return [(depth, "", name) for name in exits(node)]


def _line(node: Node) -> str:
    if isinstance(node, Approve):
        return f"[审批] {node.title}：{approval_words(node)}"
    if isinstance(node, End):
        return f"[结束] {node.title}（{_RESULTS[node.result]}）"
    if isinstance(node, Milestone):
        return f"[步骤] {node.title}（{node.step}）"
    if isinstance(node, Cc):
        return f"[抄送] {node.title}：{'、'.join(map(assign_words, node.to))}"
    if isinstance(node, Trigger):
        return f"[动作] {node.title}（{node.do}）"
    if isinstance(node, Timer):
        return f"[等待] {node.title}（{node.after_min} 分钟）"
    kinds = {"start": "发起", "condition": "条件", "parallel": "并行", "join": "汇合"}
    return f"[{kinds[node.kind]}] {node.title}"


def approval_words(node: Approve) -> str:
    """Return who decides and how, in one line."""
    mode = MODES[node.mode]
    if node.mode == "vote":
        share = f"{node.pass_share:.0%} " if node.pass_share is not None else f"{node.pass_count} 票"
        mode = f"{mode}，满 {share}通过"
    said = [f"{'、'.join(map(assign_words, node.approvers))}（{mode}）"]
    if node.skip_when:
        said.append(f"跳过：{node.skip_when}")
    if node.timeout is not None:
        said.append(_timeout_words(node.timeout))
    if node.again_when_raised:
        said.append(f"{node.again_when_raised} 提高后重新审批")
    if node.emergency:
        said.append("先行后补批")
    return "；".join(said)


def _timeout_words(timeout: Timeout) -> str:
    every = f"，每 {timeout.every_min} 分钟一次" if timeout.every_min else ""
    return f"{timeout.within_min} 分钟未处理则{_TIMEOUTS[timeout.do]}{every}"


def assign_words(who: Assign) -> str:
    """Return an assignment in words."""
    if isinstance(who, ByPerson):
        return who.person
    if isinstance(who, ByRole):
        return f"角色 {who.role}{'（同区域）' if who.same_region else ''}"
    if isinstance(who, ByHead):
        return "发起人的上级" if who.levels == 1 else f"发起人的第 {who.levels} 级上级"
    if isinstance(who, ByField):
        return f"字段 {who.field}"
    if isinstance(who, ByRelation):
        return _RELATIONS[who.relation]
    skill = f"技能 {who.skill}" if who.skill else f"字段 {who.field} 所指技能"
    level = f" {who.level}" if who.level else ""
    return f"{skill}{level}{'（同区域）' if who.same_region else ''}"
