"""Which handler decides which command, and which policies follow which event."""

from collections.abc import Iterator, Mapping, Sequence

from domain.assets import commands as assets
from domain.assets import handlers as asset_handlers
from domain.dispatching.commands import DispatchWorkOrder
from domain.files import commands as files
from domain.files import events as file_events
from domain.files import handlers as file_handlers
from domain.groups import commands as groups
from domain.groups import events as group_events
from domain.groups import handlers as group_handlers
from domain.intake import commands as intake_commands
from domain.intake import events as intake_events
from domain.kernel.bus import Bus, Handler, Policy
from domain.kernel.messages import Command, Event
from domain.people import commands as people
from domain.people import events as people_events
from domain.people import handlers as people_handlers
from domain.policies import (
    binding,
    escalation,
    intake,
    intake_late_files,
    intake_second,
    intake_tell,
    machines,
    parts_table,
    process_table,
    relay,
    show,
    sla,
    supply_table,
    tell,
)
from domain.policies import files as file_policies
from domain.policies import groups as group_policies
from domain.policies import survey as survey_policies
from domain.policies.digests import send_digest
from domain.policies.dispatch import dispatch_work_order
from domain.policies.guard import guard
from domain.policies.late_calls import review_follow_up, tell_desk_caller_left, tell_who_can_help
from domain.policies.process_orders import follow_order
from domain.policies.signing import sign_off
from domain.policies.sites import register_at_site
from domain.policies.sla_again import remind_again
from domain.policies.sla_attach import attach_sla
from domain.policies.sla_fire import fire_due_steps
from domain.sla import commands as sla_commands
from domain.sla import handlers as sla_handlers
from domain.survey import commands as survey
from domain.survey import events as survey_events
from domain.survey import handlers as survey_handlers
from domain.workorder import closing_commands as closing
from domain.workorder import closing_events, field_events
from domain.workorder import commands as work_order
from domain.workorder import events as work_order_events
from domain.workorder import field_commands as field
from domain.workorder.events import WorkOrderEvent
from domain.workorder.handlers import closing as closing_handlers
from domain.workorder.handlers import field as field_handlers
from domain.workorder.handlers import offering as offering_handlers
from domain.workorder.handlers import sharing as sharing_handlers

HANDLERS: Mapping[type[Command], Handler] = {
    **process_table.HANDLERS,
    **parts_table.HANDLERS,
    **supply_table.HANDLERS,
    DispatchWorkOrder: dispatch_work_order,
    assets.MergeCustomers: asset_handlers.merge_customers,
    assets.MergeAssets: asset_handlers.merge_assets,
    assets.ChangeCustomerLevel: asset_handlers.change_customer_level,
    assets.LabelAsset: asset_handlers.label_asset,
    assets.EndLabel: asset_handlers.end_label,
    people.BindIdentity: people_handlers.bind_identity,
    people.MeetCaller: people_handlers.meet_caller,
    groups.TakeGroupMessage: group_handlers.take_group_message,
    groups.AddToGroupMessage: group_handlers.add_to_group_message,
    groups.ReviewGroupMessage: group_handlers.review_group_message,
    groups.ResolveGroupMessage: group_handlers.resolve_group_message,
    files.AttachKeptFile: file_handlers.attach_kept_file,
    files.KeepAttachment: file_handlers.keep_attachment,
    files.RecordFetchedFile: file_handlers.record_fetched_file,
    files.RecordMissingFile: file_handlers.record_missing_file,
    intake_commands.AddToDraft: intake.add_to_draft,
    intake_commands.ChooseInDraft: intake.choose_in_draft,
    intake_commands.ConfirmDraft: intake.confirm_draft,
    intake_commands.ChangeDraft: intake.change_draft,
    intake_commands.ArrangeDraft: intake.arrange_draft,
    intake_commands.DropDraft: intake.drop_draft,
    intake_commands.LeaveDraftToPerson: intake.leave_draft_to_person,
    intake_commands.ReviewDraft: intake.review_draft,
    intake_commands.HoldDraft: intake_second.hold_draft,
    intake_commands.ReadDraft: intake_second.read_draft,
    intake_commands.SeparateReport: intake.separate_report,
    intake_commands.ProposeEscalation: escalation.propose_escalation,
    intake_commands.AnswerEscalation: escalation.answer_escalation,
    work_order.RegisterWorkOrder: register_at_site,
    work_order.OfferWorkOrder: offering_handlers.offer_work_order,
    work_order.ReassignWorkOrder: offering_handlers.reassign_work_order,
    work_order.RecommendTechnicians: offering_handlers.recommend_technicians,
    work_order.LeaveUnassigned: offering_handlers.leave_unassigned,
    work_order.AcceptWorkOrder: offering_handlers.accept_work_order,
    work_order.DeclineWorkOrder: offering_handlers.decline_work_order,
    work_order.ExpireOffer: offering_handlers.expire_offer,
    work_order.ReleaseWorkOrder: offering_handlers.release_work_order,
    work_order.ExtendOffer: offering_handlers.extend_offer,
    work_order.RecallWorkOrder: offering_handlers.recall_work_order,
    work_order.CancelWorkOrder: offering_handlers.cancel_work_order,
    work_order.MergeWorkOrders: sharing_handlers.merge_work_orders,
    work_order.AddWorkOrderNote: sharing_handlers.add_work_order_note,
    work_order.RelayWords: sharing_handlers.relay_words,
    work_order.ChangePriority: sharing_handlers.change_priority,
    work_order.CorrectAsset: machines.correct_asset,
    work_order.ChangeOrderType: sharing_handlers.change_order_type,
    work_order.EstimateDuration: sharing_handlers.estimate_duration,
    work_order.JoinWorkOrder: sharing_handlers.join_work_order,
    work_order.ReportAgain: sharing_handlers.report_again,
    work_order.LeaveWorkOrder: sharing_handlers.leave_work_order,
    field.DepartForSite: field_handlers.depart_for_site,
    field.ArriveOnSite: field_handlers.arrive_on_site,
    field.StartWork: field_handlers.start_work,
    field.CompleteWork: field_handlers.complete_work,
    field.AmendReport: field_handlers.amend_report,
    field.HoldWorkOrder: field_handlers.hold_work_order,
    field.ResumeWorkOrder: field_handlers.resume_work_order,
    sla_commands.FireDueSteps: fire_due_steps,
    sla_commands.RemindAgain: remind_again,
    sla_commands.AttachSla: attach_sla,
    sla_commands.SendDigest: send_digest,
    sla_commands.PutOffReminder: sla_handlers.put_off_reminder,
    sla_commands.MuteReminders: sla_handlers.mute_reminders,
    sla_commands.UnmuteReminders: sla_handlers.unmute_reminders,
    sla_commands.PublishSla: sla_handlers.publish_sla,
    survey.RateService: survey_handlers.rate_service,
    survey.ExtendRating: survey_handlers.extend_rating,
    survey.FinishFollowUp: survey_handlers.finish_follow_up,
    survey.ReviewFollowUp: review_follow_up,
    survey.RecordFollowUp: survey_handlers.record_follow_up,
    survey.PassOnFollowUp: survey_handlers.pass_on_follow_up,
    closing.SignOffWork: sign_off,
    closing.RejectWork: closing_handlers.reject_work,
    closing.SettleWorkOrder: closing_handlers.settle_work_order,
    closing.NoteFollowUp: closing_handlers.note_follow_up,
    closing.OweFollowUp: closing_handlers.owe_follow_up,
    closing.NoteRating: closing_handlers.note_rating,
    closing.CloseWorkOrder: closing_handlers.close_work_order,
    closing.ReopenWorkOrder: closing_handlers.reopen_work_order,
}


def joined(
    *tables: Mapping[type[Event], Sequence[Policy]],
) -> Mapping[type[Event], Sequence[Policy]]:
    """Return one table of several; an event that is in more than one is followed by all, in that order."""
    kinds = dict.fromkeys(kind for table in tables for kind in table)
    return {kind: tuple(policy for table in tables for policy in table.get(kind, ())) for kind in kinds}


_OWN: Mapping[type[Event], Sequence[Policy]] = {
    people_events.IdentityBound: (binding.welcome_bound_person, binding.handle_words_said_before),
    group_events.GroupMessageTaken: (group_policies.show_group_card,),
    group_events.GroupMessageExtended: (group_policies.show_added,),
    group_events.GroupMessageOverdue: (group_policies.remind_group,),
    group_events.GroupMessageResolved: (group_policies.change_group_card,),
    file_events.FileFetched: (file_policies.show_desk_reused_file, relay.relay_file),
    file_events.FileMissing: (file_policies.ask_to_send_again,),
    intake_events.DraftAsked: (intake_tell.show_draft,),
    intake_events.DraftSummarised: (intake_tell.show_draft,),
    intake_events.DraftFilesKept: (intake_late_files.tell_files_kept,),
    intake_events.DraftReminded: (intake_tell.remind_speaker,),
    intake_events.DraftRegistered: (intake_tell.show_outcome, intake_tell.show_siblings),
    intake_events.DraftDropped: (intake_tell.show_outcome, intake_tell.show_siblings),
    intake_events.DraftExpired: (
        intake_tell.show_outcome,
        intake_tell.show_siblings,
        intake_tell.tell_desk_expired,
    ),
    intake_events.DraftHandedOver: (
        intake_tell.show_outcome,
        intake_tell.show_siblings,
        intake_tell.tell_desk_handed_over,
    ),
    intake_events.ReportSeparated: (intake_tell.show_outcome,),
    intake_events.EscalationConfirmed: (escalation.call_superiors, intake_tell.show_superior),
    work_order_events.WorkOrderNoteAdded: (escalation.tell_expedited,),
    work_order_events.WorkOrderRegistered: (tell.tell_requester_receipt, show.show_everybody),
    work_order_events.WorkOrderOffered: (show.show_everybody, tell.tell_former_assignee),
    work_order_events.TechniciansRecommended: (show.show_everybody,),
    work_order_events.WorkOrderAccepted: (show.show_everybody, tell.tell_requester_who_comes),
    work_order_events.WorkOrderDeclined: (show.show_everybody,),
    work_order_events.OfferExpired: (show.show_everybody,),
    work_order_events.OfferExtended: (show.show_everybody,),
    work_order_events.WorkOrderLeftUnassigned: (show.show_everybody, tell.tell_desk_nobody_left),
    work_order_events.WorkOrderRecalled: (show.show_everybody, tell.tell_recalled),
    work_order_events.WorkOrderCancelled: (
        show.show_everybody,
        tell.tell_requester_cancelled,
        tell.tell_assignee_cancelled,
    ),
    work_order_events.WorkOrderMerged: (
        show.show_everybody,
        tell.tell_requester_merged,
        tell.tell_assignee_merged,
    ),
    work_order_events.PriorityChanged: (show.show_everybody,),
    work_order_events.AssetCorrected: (show.show_everybody, machines.tell_asset_corrected),
    work_order_events.OrderTypeChanged: (show.show_everybody,),
    work_order_events.EstimateChanged: (show.show_everybody,),
    work_order_events.DecisionAwaited: (show.show_everybody,),
    work_order_events.JobPartsChanged: (show.show_parts,),
    work_order_events.ReporterJoined: (show.show_everybody, tell.tell_reporter_joined),
    work_order_events.ReporterLeft: (show.show_everybody, tell.tell_reporter_left),
    work_order_events.WordsRelayed: (relay.relay_words,),
    field_events.TechnicianDeparted: (show.show_everybody, tell.tell_requester_departed),
    field_events.TechnicianArrived: (show.show_everybody,),
    field_events.WorkStarted: (show.show_everybody,),
    field_events.WorkCompleted: (show.show_everybody, survey_policies.show_desk_report),
    field_events.ReportAmended: (
        show.show_everybody,
        survey_policies.show_desk_report,
    ),
    field_events.WorkOrderHeld: (show.show_everybody, tell.tell_requester_held),
    field_events.WorkOrderResumed: (show.show_everybody,),
    closing_events.WorkSignedOff: (
        # First, so that the cards show what the owed call made of the work order.
        survey_policies.plan_follow_up,
        show.show_everybody,
    ),
    closing_events.WorkRejected: (show.show_everybody, tell.tell_requester_rejection_kept),
    closing_events.WorkOrderSettled: (
        show.show_everybody,
        tell.tell_requester_corrected_amount,
        survey_policies.close_when_done,
    ),
    closing_events.WorkOrderFollowedUp: (show.show_everybody, survey_policies.close_when_done),
    closing_events.WorkOrderRated: (show.show_everybody,),
    closing_events.WorkOrderClosed: (
        show.show_everybody,
        survey_policies.withdraw_follow_ups,
    ),
    closing_events.WorkOrderReopened: (
        show.show_everybody,
        tell.tell_requester_reopened,
        survey_policies.withdraw_follow_ups,
    ),
    survey_events.ServiceRated: (survey_policies.keep_rating_on_work_order,),
    survey_events.RatingExtended: (survey_policies.show_what_was_added,),
    survey_events.FollowUpCreated: (survey_policies.show_follow_up,),
    survey_events.FollowUpPassedOn: (survey_policies.show_follow_up, tell_desk_caller_left),
    survey_events.FollowUpReminded: (survey_policies.show_follow_up, tell_who_can_help),
    survey_events.FollowUpPutOff: (survey_policies.show_follow_up,),
    survey_events.FollowUpFinished: (
        survey_policies.bring_result_to_work_order,
        survey_policies.show_follow_up,
    ),
}
# What becomes of parts goes first, so that cards show it.
_FOLLOWED = joined(process_table.FOLLOWED, parts_table.FOLLOWED, supply_table.FOLLOWED, _OWN)


def _kinds(kind: type[WorkOrderEvent]) -> Iterator[type[WorkOrderEvent]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)


POLICIES: Mapping[type[Event], Sequence[Policy]] = {
    **_FOLLOWED,
    # Clocks and process go first, so that every card shows them as they are after what happened.
    **{kind: (sla.keep_clocks, follow_order, *_FOLLOWED.get(kind, ())) for kind in _kinds(WorkOrderEvent)},
}


def make_bus() -> Bus:
    """Return a bus that knows every command and every policy."""
    return Bus(HANDLERS, POLICIES, guard)
