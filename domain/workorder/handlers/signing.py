"""Signatures on service reports: bound to what was signed, and found again."""

from domain.workorder.model import WorkOrder
from domain.workorder.ports import WorkOrderUnitOfWork
from domain.workorder.signature import (
    Signature,
    SignatureFound,
    SignedReport,
    digest_of,
    insist_drawn,
    last_signature,
)


def bound(signature: Signature | None, order: WorkOrder, uow: WorkOrderUnitOfWork) -> SignedReport | None:
    """Return a signature bound to the report as it is now.

    Raises:
        SignatureEmpty: nothing was drawn.
    """
    if signature is None:
        return None
    insist_drawn(signature)
    digest = digest_of(_content(order, uow), order.report_version, signature.image)
    return SignedReport(**dict(signature), digest=digest)


def signature_on(order: WorkOrder, uow: WorkOrderUnitOfWork) -> SignatureFound | None:
    """Return the last signature on a work order, or None; it says whether it still holds."""
    history = uow.work_orders.history(order.id)
    return last_signature(history, order.report_version, _content(order, uow))


def _content(order: WorkOrder, uow: WorkOrderUnitOfWork) -> dict[str, object]:
    report = uow.work_orders.report(order.id, order.report_version)
    return report.report if report is not None else {}
