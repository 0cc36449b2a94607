"""What a report has to answer: what its machine asks for, then what this type of work asks for."""

from collections.abc import Mapping, Sequence

from domain.workorder.details import OrderType
from domain.workorder.model import WorkOrder
from domain.workorder.ports import WorkOrderUnitOfWork
from domain.workorder.report import CheckItem

OF_TYPE: Mapping[str, tuple[CheckItem, ...]] = {
    OrderType.INSTALLATION.value: (
        CheckItem(key="installation_unpacked", label="开箱验货", required=True),
        CheckItem(key="installation_placed", label="安装位置和固定", photo=True, required=True),
        CheckItem(key="installation_trial", label="通电试运行", required=True),
        CheckItem(key="installation_training", label="操作培训", required=True),
    ),
    OrderType.INSPECTION.value: (
        CheckItem(key="inspection_look", label="外观和环境", photo=True, required=True),
        CheckItem(key="inspection_safety", label="安全装置", required=True),
        CheckItem(key="inspection_running", label="运行状态", required=True),
        CheckItem(key="inspection_risk", label="隐患排查", required=True),
    ),
    OrderType.MAINTENANCE.value: (
        CheckItem(key="maintenance_clean", label="清洁润滑紧固", required=True),
        CheckItem(key="maintenance_wear", label="易损件状况", required=True),
        CheckItem(key="maintenance_trial", label="保养后试运行", required=True),
    ),
    OrderType.RETURN.value: (
        CheckItem(key="return_condition", label="退换货品外观", photo=True, required=True),
        CheckItem(key="return_complete", label="配件和单据齐全", required=True),
    ),
}
"""Types without a row ask for nothing of their own."""


def checklist_of(order: WorkOrder, uow: WorkOrderUnitOfWork) -> Sequence[CheckItem]:
    """Return what a report on this work order has to answer.

    The machine's items come first, so that another type changes the place of none of them.

    Source: docs/reference/work-order-lifecycle.md, rule WO-11.
    """
    return (*uow.checklist(order.asset_id), *OF_TYPE.get(order.type, ()))
