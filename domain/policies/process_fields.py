"""What rules about a work order or a request may speak of: the fields, and their values at a moment.

Source: docs/reference/processes.md
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from domain.engine.expression import Expression, Field, FieldType, Schema, parse
from domain.engine.process.definition import Approve, Choice, Definition
from domain.kernel.localtime import local_day
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.details import TYPE_LABEL, Payer, Priority
from domain.workorder.model import WorkOrder

ORDER, REQUEST, STOCK = "work_order", "request", "stock"
"""A work order's own process; what people ask for in words; what parts, purchases and counts ask for."""
ABOUT = (ORDER, REQUEST, STOCK)
AMOUNT = "amount_fen"
RESPONSIBLE, ASSIGNEE = "responsible", "assignee"
"""Values that name people; no formula can speak of them."""
ASKED_BY = "asked_by"
"""Who set the amount that a work order's own process asks about."""
PAYER_WORDS: Mapping[str, str] = {
    Payer.CUSTOMER: "客户",
    Payer.CONTRACT: "合同",
    Payer.WARRANTY: "保修",
    Payer.GOODWILL: "公司",
}
_URGENT = Priority.P1.value

FIELDS = (
    Field(AMOUNT, "费用", FieldType.MONEY),
    Field("priority", "优先级", FieldType.TEXT, tuple(one.value for one in Priority)),
    Field("urgent", "紧急", FieldType.BOOL),
    Field("region", "区域", FieldType.TEXT),
    Field("type", "工单类型", FieldType.TEXT, tuple(TYPE_LABEL.values())),
    Field("level", "等级", FieldType.TEXT),
    Field("customer", "客户", FieldType.TEXT),
    Field("kind", "设备类型", FieldType.TEXT),
    Field("fault", "故障", FieldType.TEXT),
    Field("fault_code", "故障代码", FieldType.TEXT),
    Field("in_warranty", "保修期内", FieldType.BOOL),
    Field("payer", "付款方", FieldType.TEXT, tuple(PAYER_WORDS.values())),
    Field("rejections", "驳回次数", FieldType.NUMBER),
    Field("reopenings", "重开次数", FieldType.NUMBER),
    Field("angry", "投诉语气", FieldType.BOOL),
    Field("reason", "原因", FieldType.TEXT),
)
SCHEMA = Schema(FIELDS)
LABEL = {field.key: field.label for field in FIELDS}


@cache
def compile_rule(text: str) -> Expression:
    """Return a rule made ready to be asked; the same words are read once.

    Raises:
        FormulaError: it cannot be read.
    """
    return parse(text, SCHEMA)


def rules_of(definition: Definition) -> Iterator[str]:
    """Go through every rule that is written in a definition."""
    for node in definition.nodes:
        if isinstance(node, Choice):
            yield from (branch.when for branch in node.branches)
        elif isinstance(node, Approve) and node.skip_when:
            yield node.skip_when


def fields_of(definition: Definition) -> frozenset[str]:
    """Return the keys of every value that a definition's rules ask for."""
    return frozenset(key for rule in rules_of(definition) for key in compile_rule(rule).fields())


class Recorded(NamedTuple):
    """What is recorded about a work order, its customer and its asset, as far as rules can speak of it.

    Args:
        details: the request's details as they are kept.
        has_asset: False where `kind`, `warranty_until` and `responsible_id` say nothing.
        customer: None where none is known.
        kind: the asset's kind by name, where somebody said it.
    """

    type: str
    priority: str
    region: str
    description: str
    details: Mapping[str, Any]
    settled_fen: int | None
    payer: str
    rejections: int
    reopenings: int
    assignee_id: UUID | None
    created_at: datetime
    level: str | None = None
    customer: str | None = None
    has_asset: bool = False
    kind: str | None = None
    warranty_until: date | None = None
    responsible_id: UUID | None = None


def facts_of_order(order: WorkOrder, uow: EveryUnitOfWork) -> dict[str, Any]:
    """Return the values of a work order as JSON; what is not known has none."""
    customer = uow.customers.get(order.customer_id) if order.customer_id is not None else None
    asset = uow.assets.get(order.asset_id) if order.asset_id is not None else None
    kind = uow.assets.kind_of(order.asset_id)
    return facts_of(
        Recorded(
            type=order.type,
            priority=order.priority,
            region=order.region,
            description=order.description,
            details=order.details,
            settled_fen=order.settled_fen,
            payer=order.payer,
            rejections=order.rejections,
            reopenings=order.reopenings,
            assignee_id=order.assignee_id,
            created_at=order.created_at,
            level=customer.level if customer is not None else None,
            customer=customer.name if customer is not None else None,
            has_asset=asset is not None,
            kind=kind.name if kind is not None else None,
            warranty_until=asset.warranty_until if asset is not None else None,
            responsible_id=asset.responsible_id if asset is not None else None,
        )
    )


def facts_of(known: Recorded) -> dict[str, Any]:
    """Return the values of what is recorded; the only place that says what a field of a rule means."""
    values = {
        AMOUNT: known.settled_fen,
        "priority": known.priority,
        "urgent": known.priority == _URGENT,
        "region": known.region,
        "type": TYPE_LABEL.get(known.type),
        "level": known.level,
        "customer": known.customer,
        "kind": known.kind if known.kind is not None else known.details.get("device_type", ""),
        "fault": known.description,
        "fault_code": known.details.get("fault_code", ""),
        "payer": PAYER_WORDS[known.payer] if known.payer else None,
        "rejections": known.rejections,
        "reopenings": known.reopenings,
        "angry": known.details.get("angry", False),
        ASSIGNEE: str(known.assignee_id) if known.assignee_id is not None else None,
    }
    if known.has_asset:
        until, responsible = known.warranty_until, known.responsible_id
        values["in_warranty"] = until is not None and local_day(known.created_at) <= until
        values[RESPONSIBLE] = str(responsible) if responsible is not None else None
    return {AMOUNT: known.settled_fen, **_known(values)}


def asked_of(order: WorkOrder, uow: EveryUnitOfWork) -> Callable[[str], bool]:
    """Return what tells whether a rule holds for a work order as it is now.

    Its values are read when the first rule is asked, and only once.

    Raises:
        FormulaError: a rule cannot be read; whoever keeps rules has them checked first.
    """

    @cache
    def facts() -> dict[str, Any]:
        return facts_of_order(order, uow)

    return lambda text: compile_rule(text).holds(facts())


def facts_of_request(
    order: WorkOrder | None, amount_fen: int | None, reason: str, uow: EveryUnitOfWork
) -> dict[str, Any]:
    """Return the values of a request: its own amount and reason, and what it is about."""
    about = facts_of_order(order, uow) if order is not None else {}
    return _known({**about, AMOUNT: amount_fen, "reason": reason})


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
