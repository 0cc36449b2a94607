"""What is prepared once for a definition: its graph, and each formula when it is first needed."""

from typing import Any
from weakref import ref

from domain.engine.process.definition import Definition
from domain.engine.process.graph import Graph
from domain.engine.process.ports import Compile, Condition


class Formulas:
    """The formulas of one definition, each read once.

    Args:
        compile: reads a formula.
    """

    def __init__(self, compile: Compile) -> None:
        self.compile = compile
        self._read: dict[str, Condition] = {}

    def of(self, text: str) -> Condition:
        """Return a formula."""
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self.compile(text)
        return found


class Plan:
    """A definition made ready to run."""

    def __init__(self, definition: Definition) -> None:
        self.name = definition.name
        self.graph = Graph(definition.nodes)
        self._formulas: list[Formulas] = []

    def formulas(self, compile: Compile) -> Formulas:
        """Return the formulas as a compiler reads them; the last few compilers are remembered."""
        for each in self._formulas:
            if each.compile == compile:
                return each
        made = Formulas(compile)
        self._formulas = [made, *self._formulas[:3]]
        return made


# By identity, because a definition's own hash would read all of it; the reference tells when an id is free.
_PLANS: dict[int, tuple["ref[Definition]", Plan]] = {}


def plan_of(definition: Definition) -> Plan:
    """Return the plan of a definition, made when first asked for and kept as long as the definition."""
    key = id(definition)
    known = _PLANS.get(key)
    if known is not None and known[0]() is definition:
        return known[1]
    plan = Plan(definition)

    def forget(gone: Any) -> None:
        if key in _PLANS and _PLANS[key][0] is gone:
            del _PLANS[key]

    _PLANS[key] = (ref(definition, forget), plan)
    return plan
