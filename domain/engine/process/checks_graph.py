"""Whether a definition's graph is sound: no circle, all of it used, every way ends, blocks nest.

Every search is iterative, so a definition of thousands of nodes is answered as well.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from domain.engine.process.definition import Join, Node, Parallel
from domain.engine.process.graph import Scope, exits, ordered, reached, scope_behind
from domain.engine.process.problem import Problem


def graph_problems(nodes: Mapping[str, Node]) -> list[Problem]:
    """Return what is wrong with the ways between nodes; ways that lead nowhere were told already."""
    order, circle = ordered(nodes)
    found = [*_circle(nodes, circle), *_unused(nodes), *_endless(nodes), *_blocks(nodes)]
    if not circle and not found:
        found += _scopes(nodes, order)
    return found


def _said(node: Node, message: str) -> Problem:
    return Problem(node=node.id, message=f"“{node.title}”{message}")


def _ways(nodes: Mapping[str, Node], name: str) -> list[str]:
    return [target for target in exits(nodes[name]) if target in nodes]


def _back(nodes: Mapping[str, Node]) -> dict[str, list[str]]:
    back: dict[str, list[str]] = defaultdict(list)
    for name in nodes:
        for target in _ways(nodes, name):
            back[target].append(name)
    return back


def _circle(nodes: Mapping[str, Node], circle: list[str]) -> Iterator[Problem]:
    if not circle:
        return
    # Whatever stands only behind a circle is taken away, until just the circle is left.
    rest = set(circle)
    back = _back(nodes)
    ways = {name: sum(target in rest for target in _ways(nodes, name)) for name in rest}
    ends = [name for name in rest if not ways[name]]
    while ends:
        gone = ends.pop()
        rest.discard(gone)
        for name in back[gone]:
            if name in rest:
                ways[name] -= 1
                if not ways[name]:
                    ends.append(name)
    inside = [name for name in circle if name in rest]
    titles = "、".join(f"“{nodes[name].title}”" for name in inside[:6])
    more = " 等" if len(inside) > 6 else ""
    yield Problem(node=inside[0], message=f"节点 {titles}{more} 连成了一个圈，请断开；需要重来时由审批人退回")


def _unused(nodes: Mapping[str, Node]) -> Iterator[Problem]:
    start = next(name for name, node in nodes.items() if node.kind == "start")
    used = reached([start], lambda name: _ways(nodes, name))
    for name, node in nodes.items():
        if name not in used:
            yield _said(node, "走不到，请把它接到前面的节点，或者删掉")
    for name in nodes:
        if start in _ways(nodes, name):
            yield _said(nodes[name], "不能指向发起节点；需要重来时由审批人退回")


def _endless(nodes: Mapping[str, Node]) -> Iterator[Problem]:
    back = _back(nodes)
    ending = reached((name for name, node in nodes.items() if node.kind == "end"), lambda name: back[name])
    for name, node in nodes.items():
        if name not in ending:
            yield _said(node, "之后到不了结束节点，请把后面的路接到结束")


def _blocks(nodes: Mapping[str, Node]) -> Iterator[Problem]:
    splits: dict[str, list[Parallel]] = defaultdict(list)
    for node in nodes.values():
        if isinstance(node, Parallel) and node.join in nodes:
            splits[node.join].append(node)
            if not isinstance(nodes[node.join], Join):
                yield _said(node, f"的汇合“{nodes[node.join].title}”不是汇合节点，请换成 join 节点")
            if node.join in node.branches:
                yield _said(node, "有一个分支是空的，请在分支里放至少一个节点")
    for name, node in nodes.items():
        if isinstance(node, Join):
            if not splits[name]:
                yield _said(node, "没有对应的并行节点，请删掉它，或者让一个并行节点汇合到这里")
            for split in splits[name][1:]:
                yield _said(split, f"和“{splits[name][0].title}”共用汇合“{node.title}”，请各用各的汇合节点")


def _scopes(nodes: Mapping[str, Node], order: list[str]) -> Iterator[Problem]:
    """Give every node its scope along every way; two different ones mean that a way crosses a border."""
    scopes: dict[str, Scope] = {order[0]: ()}
    for name in order:
        node, here = nodes[name], scopes.get(name, ())
        if node.kind == "end" and here:
            yield _said(node, f"在并行“{nodes[here[-1][0]].title}”里面，分支要先走到汇合，再结束")
        for target, there in scope_behind(nodes, name, here).items():
            if there is None:
                yield _said(node, f"走到了别的并行的汇合“{nodes[target].title}”，请走到自己分支的汇合")
                continue
            if scopes.setdefault(target, there) != there:
                yield _said(
                    node, f"的下一步“{nodes[target].title}”在另一个并行分支里，连线不能跨出或跨进并行"
                )
