"""What is different between two versions of a definition, in words."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from domain.engine.process import Definition
from domain.policies.process_reading import normal

KINDS = {
    "start": "发起",
    "end": "结束",
    "task": "步骤",
    "approve": "审批",
    "condition": "条件",
    "parallel": "并行",
    "join": "汇合",
    "cc": "抄送",
    "trigger": "动作",
    "timer": "等待",
}
_LABELS = {
    "title": "名称",
    "about": "适用对象",
    "next": "下一步",
    "default": "否则走到",
    "approvers": "审批人",
    "to": "抄送给",
    "mode": "审批方式",
    "skip_when": "跳过条件",
    "refusal": "拒绝后",
    "timeout": "超时",
    "after_min": "等待分钟",
    "again_when_raised": "提高后重新审批",
    "emergency": "先行后补批",
    "step": "等哪一步",
    "do": "动作",
    "with": "动作内容",
    "result": "结果",
}
NOTHING = "（无）"


def changes(before: Definition, after: Definition) -> list[str]:
    """Return what changed, a line each; nothing where both mean the same."""
    old, new = normal(before), normal(after)
    lines = [f"{_LABELS[key]}：{old[key]} → {new[key]}" for key in ("title", "about") if old[key] != new[key]]
    was, now = ({node["id"]: node for node in one["nodes"]} for one in (old, new))
    titles = {node.id: node.title for one in (before, after) for node in one.nodes}
    lines += [f"删除{_named(was[node], titles)}" for node in was if node not in now]
    for name, node in now.items():
        if name not in was:
            lines.append(f"新增{_named(node, titles)}")
        elif was[name] != node:
            lines += [f"{_named(node, titles)}：{one}" for one in _inside(was[name], node, titles)]
    if not lines and old != new:
        lines.append("只是节点的先后顺序不同，走法不变")
    return lines


def _named(node: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    return f"{KINDS[node['kind']]}节点“{titles[node['id']]}”"


def _inside(old: Mapping[str, Any], new: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[str]:
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        if key == "branches" and new["kind"] == old["kind"] == "condition":
            yield from _branches(was or [], now or [], titles)
        else:
            yield f"{_LABELS.get(key, key)} {_said(was, titles)} → {_said(now, titles)}"


def _branches(
    old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]], titles: Mapping[str, str]
) -> Iterator[str]:
    for was, now in zip_longest(old, new):
        if was is None or now is None:
            one = was or now
            yield f"{'删除' if now is None else '新增'}分支 {one['when']}，走到{_said(one['next'], titles)}"
            continue
        if was["when"] != now["when"]:
            yield f"条件 {was['when']} → {now['when']}"
        if was["next"] != now["next"]:
            way = f"{_said(was['next'], titles)} → {_said(now['next'], titles)}"
            yield f"满足 {now['when']} 时走到 {way}"


def _said(value: Any, titles: Mapping[str, str]) -> str:
    match value:
        case None | "":
            return NOTHING
        case bool():
            return "是" if value else "否"
        case str():
            return f"“{titles[value]}”" if value in titles else value
        case list():
            return "、".join(_said(one, titles) for one in value) or NOTHING
        case dict():
            return "，".join(f"{key} {_said(one, titles)}" for key, one in value.items())
        case _:
            return str(value)
