"""A definition as a graph: ways out, order, what lies behind what, and in which parallel branch it stands.

Everything is iterative, so a long chain costs no stack. A set of nodes is the bits of one integer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from domain.engine.process.definition import Approve, Choice, End, Join, Node, Parallel

Scope = tuple[tuple[str, int], ...]
"""The parallel blocks around a node, outermost first, each with the number of the branch."""


def exits(node: Node) -> tuple[str, ...]:
    """Return where a node may lead, in order and each once."""
    if isinstance(node, End):
        return ()
    if isinstance(node, Choice):
        return tuple(dict.fromkeys([*(branch.next for branch in node.branches), node.default]))
    if isinstance(node, Parallel):
        return tuple(dict.fromkeys(node.branches))
    return (node.next,)


def ordered(nodes: Mapping[str, Node]) -> tuple[list[str], list[str]]:
    """Return the nodes so that each follows all that lead to it, and those in or behind a circle."""
    missing = dict.fromkeys(nodes, 0)
    for node in nodes.values():
        for target in exits(node):
            if target in missing:
                missing[target] += 1
    ready = [name for name, count in missing.items() if not count]
    for name in ready:
        for target in exits(nodes[name]):
            if target in missing:
                missing[target] -= 1
                if not missing[target]:
                    ready.append(target)
    return ready, [name for name, count in missing.items() if count]


def reached(start: Iterable[str], ways: Callable[[str], Sequence[str]]) -> set[str]:
    """Return everything that can be reached, the starting points included."""
    found = set(start)
    pending = list(found)
    while pending:
        for target in ways(pending.pop()):
            if target not in found:
                found.add(target)
                pending.append(target)
    return found


def scope_behind(nodes: Mapping[str, Node], name: str, scope: Scope) -> dict[str, Scope | None]:
    """Return the scope each way out of a node leads to; None leaves a block other than by its join."""
    node, ways = nodes[name], {}
    inside: list[tuple[str, Scope]]
    if isinstance(node, Parallel):
        inside = [(target, (*scope, (name, number))) for number, target in enumerate(exits(node))]
    else:
        inside = [(target, scope) for target in exits(node)]
    for target, there in inside:
        ways[target] = out_of_block(nodes, target, there)
    return ways


def out_of_block(nodes: Mapping[str, Node], target: str, scope: Scope) -> Scope | None:
    """Return the scope a node has when it is reached from a scope: a join lies outside of its block."""
    if not isinstance(nodes.get(target), Join):
        return scope
    if not scope:
        return None
    split = nodes[scope[-1][0]]
    return scope[:-1] if isinstance(split, Parallel) and split.join == target else None


class Graph:
    """The graph of a definition that was checked.

    Args:
        nodes: by id.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes: dict[str, Node] = {node.id: node for node in nodes}
        self.start = next(node.id for node in nodes if node.kind == "start")
        self.order, _ = ordered(self.nodes)
        self.bit = {name: 1 << place for place, name in enumerate(self.order)}
        self.after: dict[str, int] = {}
        for name in reversed(self.order):
            ways = exits(self.nodes[name])
            self.after[name] = 0
            for target in ways:
                self.after[name] |= self.bit[target] | self.after[target]
        self.scope = self._scopes()
        watched = (node.again_when_raised for node in nodes if isinstance(node, Approve))
        self.watched = tuple(dict.fromkeys(filter(None, watched)))

    def _scopes(self) -> dict[str, Scope]:
        scopes: dict[str, Scope] = {self.start: ()}
        for name in self.order:
            for target, scope in scope_behind(self.nodes, name, scopes.get(name, ())).items():
                scopes.setdefault(target, scope or ())
        return scopes

    def onward(self, name: str) -> int:
        """Return a node and everything behind it."""
        return self.bit[name] | self.after[name]

    def is_behind(self, name: str, other: str) -> bool:
        """Tell whether a way leads from the other node to this one."""
        return bool(self.after[other] & self.bit[name])

    def names(self, bits: int) -> list[str]:
        """Return the nodes of a set, in order."""
        return [name for name in self.order if self.bit[name] & bits]

    def lifted(self, name: str, seen_from: str) -> str:
        """Return where to enter so that no parallel block is entered in the middle.

        That is the node itself, or the split of the outermost block around it of which the other node is not
        in the same branch: such a block runs anew as a whole.
        """
        here, there = self.scope[name], self.scope[seen_from]
        shared = 0
        while shared < min(len(here), len(there)) and here[shared] == there[shared]:
            shared += 1
        return here[shared][0] if len(here) > shared else name

    def block(self, name: str) -> int:
        """Return a node, and the inside of its block where it is a split, without the join."""
        node = self.nodes[name]
        if isinstance(node, Parallel):
            return self.onward(name) & ~self.onward(node.join)
        return self.bit[name]

    def way_out(self, name: str) -> str:
        """Return the node after which a node, or the block it splits, is over."""
        node = self.nodes[name]
        return node.join if isinstance(node, Parallel) else name

    def split_of(self, join: str) -> str:
        """Return the split of a join."""
        return next(
            name for name, node in self.nodes.items() if isinstance(node, Parallel) and node.join == join
        )

    def voided(self, entry: str, back: str) -> int:
        """Return the nodes a return makes void: all from its entry, or only both ends of a detour."""
        return self.block(entry) | self.onward(back) if back else self.onward(entry)
