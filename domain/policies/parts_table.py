"""Which handler decides which command about parts, and what follows from what happens to them."""

from collections.abc import Mapping, Sequence

from domain.engine.process.events import InstanceEnded
from domain.kernel.bus import Handler, Policy
from domain.kernel.messages import Command, Event
from domain.parts import commands as parts
from domain.parts import events as happened
from domain.policies import (
    parts_old,
    parts_request_end,
    parts_requests,
    parts_reserve,
    parts_transfers,
    parts_use,
)
from domain.policies.parts_issue import issue_parts
from domain.policies.parts_offers import offer_parts
from domain.policies.parts_old_remind import review_old_part
from domain.policies.parts_tell import show_hand_over, show_request
from domain.policies.parts_written_off import write_off
from domain.workorder import events as work_order_events
from domain.workorder.field_events import WorkCompleted

HANDLERS: Mapping[type[Command], Handler] = {
    parts.RequestParts: parts_requests.request_parts,
    parts.RequestReserved: parts_requests.request_reserved,
    parts.CancelPartsRequest: parts_requests.cancel_parts_request,
    parts.IssueParts: issue_parts,
    parts.OfferParts: offer_parts,
    parts.TakeParts: parts_transfers.take_parts,
    parts.RefuseParts: parts_transfers.refuse_parts,
    parts.RecallParts: parts_transfers.recall_parts,
    parts.ReviewTransfer: parts_transfers.review_transfer,
    parts.ReviewReservation: parts_reserve.review_reservation,
    parts.UseParts: parts_use.use_parts,
    parts.TakeBackUsed: parts_use.take_back_used,
    parts.BringOldPart: parts_old.bring_old_part,
    parts.TakeOldPart: parts_old.take_old_part,
    parts.WaiveOldPart: parts_old.waive_old_part,
    parts.RepairOldPart: parts_old.repair_old_part,
    parts.ReviewOldPart: review_old_part,
}

FOLLOWED: Mapping[type[Event], Sequence[Policy]] = {
    InstanceEnded: (parts_request_end.follow_approval,),
    happened.PartsRequested: (show_request,),
    happened.PartsApproved: (show_request,),
    happened.PartsRefused: (show_request,),
    happened.PartsRequestCancelled: (show_request,),
    happened.PartsIssued: (show_request,),
    happened.PartsOffered: (show_hand_over,),
    happened.PartsTaken: (show_hand_over,),
    happened.PartsSentBack: (show_hand_over,),
    happened.RefusalExplained: (show_hand_over,),
    happened.TransferReminded: (show_hand_over,),
    work_order_events.WorkOrderRegistered: (parts_reserve.reserve_usual,),
    work_order_events.WorkOrderCancelled: (parts_reserve.end_job,),
    work_order_events.WorkOrderMerged: (parts_reserve.end_job,),
    WorkCompleted: (write_off,),
}
