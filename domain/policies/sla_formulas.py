"""The formulas of a document of time limits, checked before it counts.

Source: docs/reference/sla.md, rules SLA-23 and SLA-24
"""

from collections.abc import Iterator

from domain.engine.expression import FormulaError
from domain.policies.process_fields import compile_rule
from domain.sla.definition import SlaDocument


def wrong_formulas(document: SlaDocument) -> Iterator[str]:
    """Go through the formulas that cannot be read: where each stands, at which letter, and what is wrong."""
    for place, formula in _formulas(document):
        if not formula:
            continue
        try:
            compile_rule(formula)
        except FormulaError as error:
            yield f"{place}的 when {error}"


def _formulas(document: SlaDocument) -> Iterator[tuple[str, str]]:
    for policy in document.policies:
        yield f"策略“{policy.name}”", policy.when
    for name, steps in document.ladders.items():
        for step in steps:
            yield f"升级阶梯“{name}”里 {step.at} ", step.when
