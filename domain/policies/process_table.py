"""Which handler decides which command about processes, and what follows from what happens to them."""

from collections.abc import Mapping, Sequence

from domain.approval import commands as approval
from domain.engine.process import events as happened
from domain.kernel.bus import Handler, Policy
from domain.kernel.messages import Command, Event
from domain.policies import process_tasks, process_tell
from domain.policies.process_go_on import go_on_with_step, show_what_is_awaited
from domain.policies.process_moving import move_instances
from domain.policies.process_publish import publish_process, roll_back_process
from domain.policies.process_requests import end_absence, review_absence, set_absence, start_request
from domain.policies.process_triggers import fire_trigger

HANDLERS: Mapping[type[Command], Handler] = {
    approval.StartRequest: start_request,
    approval.AgreeTask: process_tasks.agree_task,
    approval.RefuseTask: process_tasks.refuse_task,
    approval.ReturnTask: process_tasks.return_task,
    approval.DelegateTask: process_tasks.delegate_task,
    approval.EntrustTask: process_tasks.entrust_task,
    approval.AddApprovers: process_tasks.add_approvers,
    approval.RemoveApprover: process_tasks.remove_approver,
    approval.AskInitiator: process_tasks.ask_initiator,
    approval.CommentOnProcess: process_tasks.comment_on_process,
    approval.WithdrawRequest: process_tasks.withdraw_request,
    approval.TakeBackTask: process_tasks.take_back_task,
    approval.ExpediteApproval: process_tasks.expedite_approval,
    approval.ResubmitRequest: process_tasks.resubmit_request,
    approval.ReviewProcess: process_tasks.review_process,
    approval.HandOverTasks: process_tasks.hand_over_tasks,
    approval.ReviewAbsence: review_absence,
    approval.SetAbsence: set_absence,
    approval.EndAbsence: end_absence,
    approval.PublishProcess: publish_process,
    approval.RollBackProcess: roll_back_process,
    approval.MoveInstances: move_instances,
}

FOLLOWED: Mapping[type[Event], Sequence[Policy]] = {
    happened.NodeEntered: (go_on_with_step,),
    happened.TaskOpened: (process_tell.show_task, show_what_is_awaited),
    happened.ApproversAsked: (process_tell.show_waiting,),
    happened.TaskReopened: (process_tell.show_task,),
    happened.TaskClosed: (process_tell.show_task, show_what_is_awaited),
    happened.TaskPassed: (process_tell.show_task, show_what_is_awaited),
    happened.TimeoutFired: (process_tell.tell_overdue,),
    happened.Commented: (process_tell.tell_comment,),
    happened.DataChanged: (process_tell.show_new_values,),
    happened.Copied: (process_tell.tell_copied,),
    happened.Nudged: (process_tell.tell_nudged,),
    happened.TriggerFired: (fire_trigger,),
    happened.InstanceReturned: (process_tell.tell_returned,),
    happened.InstanceEnded: (process_tell.tell_ended, show_what_is_awaited),
}
