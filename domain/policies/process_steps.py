"""The milestones of a work order's process: what reaches each of them, and what waits for it.

The table of statuses stays the guard underneath; a process only adds what has to be decided in between.
"""

from collections.abc import Mapping
from enum import StrEnum

from domain.kernel.messages import Command
from domain.workorder import closing_commands as closing
from domain.workorder import commands as work_order
from domain.workorder import field_commands as field
from domain.workorder.closing_events import (
    WorkOrderClosed,
    WorkOrderReopened,
    WorkOrderSettled,
    WorkRejected,
    WorkSignedOff,
)
from domain.workorder.events import (
    AssigneeLeft,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderEvent,
    WorkOrderMerged,
    WorkOrderOffered,
    WorkOrderRecalled,
)
from domain.workorder.field_events import ReportAmended, TechnicianArrived, WorkCompleted, WorkStarted


class Step(StrEnum):
    """A milestone that a `task` node waits for."""

    DISPATCH = "dispatch"
    VISIT = "visit"
    REPAIR = "repair"
    SIGN_OFF = "sign_off"
    SETTLE = "settle"
    CLOSE = "close"


STEPS = frozenset(step.value for step in Step)
STEP_WORDS: Mapping[Step, str] = {
    Step.DISPATCH: "派单",
    Step.VISIT: "上门",
    Step.REPAIR: "处理和完工",
    Step.SIGN_OFF: "验收",
    Step.SETTLE: "结算",
    Step.CLOSE: "关单",
}
REACHES: Mapping[type[WorkOrderEvent], tuple[Step, ...]] = {
    WorkOrderAccepted: (Step.DISPATCH,),
    TechnicianArrived: (Step.VISIT,),
    WorkStarted: (Step.VISIT,),
    WorkCompleted: (Step.REPAIR,),
    WorkSignedOff: (Step.SIGN_OFF,),
    WorkOrderSettled: (Step.SETTLE,),
    WorkOrderClosed: (Step.CLOSE,),
}
"""What was done with each event; the milestones before it were reached too."""
REVISITS: Mapping[type[WorkOrderEvent], Step] = {
    WorkOrderOffered: Step.DISPATCH,
    WorkOrderRecalled: Step.DISPATCH,
    AssigneeLeft: Step.DISPATCH,
    WorkOrderReopened: Step.DISPATCH,
    WorkRejected: Step.VISIT,
    ReportAmended: Step.SIGN_OFF,
}
"""Where the work goes on when it goes back, as far as it had come further."""
ENDS = (WorkOrderCancelled, WorkOrderMerged)
"""What ends the process with the work order."""
GATES: Mapping[type[Command], Step] = {
    work_order.OfferWorkOrder: Step.DISPATCH,
    field.DepartForSite: Step.VISIT,
    field.ArriveOnSite: Step.VISIT,
    field.StartWork: Step.REPAIR,
    field.CompleteWork: Step.REPAIR,
    closing.SignOffWork: Step.SIGN_OFF,
    closing.SettleWorkOrder: Step.SETTLE,
    closing.CloseWorkOrder: Step.CLOSE,
}
"""What cannot be done before a milestone's turn."""
