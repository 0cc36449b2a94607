"""Approval of what parts need: a request, a purchase, a count, each by a process that the business owns.

Source: docs/reference/spare-parts.md, rule PA-5
"""

from datetime import datetime
from uuid import UUID

from domain.approval.model import ProcessInstance
from domain.kernel.localtime import local_day
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import STOCK, facts_of_request
from domain.policies.process_stepping import begin

REQUEST_PROCESS, PURCHASE_PROCESS, COUNT_PROCESS = "parts_request", "parts_purchase", "stock_count"
STOCK_PROCESSES = (REQUEST_PROCESS, PURCHASE_PROCESS, COUNT_PROCESS)
"""The names of the processes about `stock`; another name is asked by nothing."""
APPROVED, REFUSED = "approved", "refused"
"""How a process ends that agreed, or did not; one that was withdrawn or terminated is neither."""


def number_of_today(at: datetime, uow: EveryUnitOfWork) -> str:
    """Return the number that a request, purchase or count and its approval have in common: `SP-…`."""
    return uow.processes.next_number(local_day(at))


def ask_for_approval(
    name: str,
    document_id: UUID,
    number: str,
    *,
    initiator_id: UUID,
    amount_fen: int,
    reason: str,
    work_order_id: UUID | None,
    at: datetime,
    uow: EveryUnitOfWork,
) -> bool:
    """Begin the approval of a document, whose id and number it shares; False where nobody has to be asked.

    How it ends is heard of by `InstanceEnded`, perhaps in this very transaction.

    Args:
        reason: what an approver reads: the parts in words, and why.
    """
    published = uow.processes.current(name)
    if published is None or published.definition.about != STOCK:
        return False
    order = uow.work_orders.get(work_order_id) if work_order_id is not None else None
    instance = ProcessInstance(
        id=document_id,
        number=number,
        name=name,
        version=published.version,
        work_order_id=work_order_id,
        initiator_id=initiator_id,
        created_at=at,
        ended_at=None,
        why="",
    )
    begin(instance, published, facts_of_request(order, amount_fen, reason, uow), at, uow)
    return True
