"""A rule's condition: one tree that Python evaluates, a database filters by and people read.

Source: docs/reference/expressions.md.
"""

from collections.abc import Mapping
from functools import cached_property

from domain.engine.expression.compiling import Test, compiled
from domain.engine.expression.fields import Field, Schema
from domain.engine.expression.parser import parsed
from domain.engine.expression.saying import sentence, shown
from domain.engine.expression.tree import Condition, fields_of
from domain.engine.expression.writing import Writer


class Expression:
    """A condition on the fields of a schema; never changes, equal when the trees are.

    Args:
        node: the typed tree.
        text: the formula in its one canonical spelling; reading it gives the same tree.
    """

    def __init__(self, node: Condition, text: str) -> None:
        self.node = node
        self.text = text

    def holds(self, data: Mapping[str, object]) -> bool:
        """Return whether the data meet the condition; a missing value never does.

        Raises:
            WrongValue: a value is of another type than its field.
        """
        return self._test(data)

    def sentence(self) -> str:
        """Return what is demanded in words for a manager, without a full stop."""
        return sentence(self.node)

    def fields(self) -> frozenset[str]:
        """Return the keys of the fields that are asked about."""
        return frozenset(field.key for field in self._fields)

    def trace(self, data: Mapping[str, object]) -> tuple[tuple[str, object], ...]:
        """Return label and value, as people read it, of every field in the order of the formula."""
        return tuple((field.label, shown(field, data)) for field in self._fields)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.node == other.node

    def __hash__(self) -> int:
        return hash(self.node)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    @cached_property
    def _test(self) -> Test:
        return compiled(self.node)

    @cached_property
    def _fields(self) -> tuple[Field, ...]:
        return tuple(dict.fromkeys(fields_of(self.node)))


def parse(text: str, schema: Schema) -> Expression:
    """Return the condition that a formula says.

    Raises:
        FormulaError: it cannot be read, does not fit the schema, or is too large.
    """
    node = parsed(text, schema)
    return Expression(node, Writer(schema).condition(node))
