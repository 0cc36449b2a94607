"""The guard before every handler: asks the one table of rights, whatever door a command came through."""

from collections.abc import Mapping
from uuid import UUID

from domain.access.errors import AccountInactive
from domain.access.rights import STRANGER, Relation, Verb, may
from domain.approval import commands as approval
from domain.assets import commands as assets
from domain.dispatching.commands import DispatchWorkOrder
from domain.files import commands as files
from domain.groups import commands as groups
from domain.intake import commands as intake
from domain.kernel.errors import NotPermitted
from domain.kernel.messages import Command
from domain.people import commands as people
from domain.people.model import STAFF_ROLES, Person
from domain.policies.parts_rights import PARTS
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_orders import hold_back
from domain.policies.relation import relation_to
from domain.sla import commands as sla
from domain.survey import commands as survey
from domain.workorder import closing_commands as closing
from domain.workorder import commands as work_order
from domain.workorder import field_commands as field
from domain.workorder.errors import WorkOrderNotFound

CLOCK = "system"
"""The actor of everything that nobody asked for but time."""

NEEDED: Mapping[type[Command], tuple[Verb, ...] | None] = {
    # Any one of the verbs is enough; an empty row is checked by its handler, None is the clock's alone.
    people.BindIdentity: (),
    people.MeetCaller: (Verb.REGISTER,),
    groups.TakeGroupMessage: (Verb.REPORT,),
    groups.AddToGroupMessage: (Verb.REPORT,),
    groups.ReviewGroupMessage: None,
    groups.ResolveGroupMessage: (Verb.REPORT,),
    DispatchWorkOrder: None,
    assets.MergeCustomers: (Verb.MANAGE_CUSTOMERS,),
    assets.MergeAssets: (Verb.MANAGE_CUSTOMERS,),
    assets.ChangeCustomerLevel: (Verb.MANAGE_CUSTOMERS,),
    assets.LabelAsset: (Verb.MANAGE_CUSTOMERS,),
    assets.EndLabel: (Verb.MANAGE_CUSTOMERS,),
    files.AttachKeptFile: (),
    files.KeepAttachment: (),
    files.RecordFetchedFile: None,
    files.RecordMissingFile: None,
    # A draft is its speaker's own; its handlers refuse everybody else.
    intake.AddToDraft: (Verb.REPORT,),
    intake.ChooseInDraft: (Verb.REPORT,),
    intake.ConfirmDraft: (Verb.REPORT,),
    intake.ChangeDraft: (Verb.REPORT,),
    intake.ArrangeDraft: (Verb.REPORT,),
    intake.DropDraft: (Verb.REPORT,),
    intake.LeaveDraftToPerson: (Verb.REPORT,),
    intake.ReviewDraft: None,
    intake.HoldDraft: None,
    intake.ReadDraft: None,
    intake.SeparateReport: (Verb.REPORT,),
    intake.ProposeEscalation: (Verb.REPORT,),
    intake.AnswerEscalation: (Verb.REPORT,),
    work_order.RegisterWorkOrder: (Verb.REPORT, Verb.REGISTER),
    work_order.OfferWorkOrder: (Verb.OFFER,),
    work_order.ReassignWorkOrder: (Verb.REASSIGN,),
    work_order.RecommendTechnicians: (Verb.OFFER,),
    work_order.LeaveUnassigned: None,
    work_order.AcceptWorkOrder: (Verb.ACCEPT,),
    work_order.DeclineWorkOrder: (Verb.DECLINE,),
    work_order.ExpireOffer: None,
    work_order.ExtendOffer: None,
    work_order.ReleaseWorkOrder: None,
    work_order.RecallWorkOrder: None,
    work_order.CancelWorkOrder: (Verb.CANCEL,),
    work_order.MergeWorkOrders: (Verb.MERGE,),
    work_order.AddWorkOrderNote: (Verb.NOTE,),
    work_order.RelayWords: (Verb.RELAY,),
    work_order.ChangePriority: (Verb.CHANGE,),
    work_order.CorrectAsset: (Verb.NOTE,),
    work_order.ChangeOrderType: (Verb.CHANGE,),
    work_order.EstimateDuration: (Verb.CHANGE, Verb.STEP),
    work_order.JoinWorkOrder: (Verb.JOIN,),
    work_order.ReportAgain: (Verb.JOIN,),
    work_order.LeaveWorkOrder: (Verb.JOIN,),
    field.DepartForSite: (Verb.STEP,),
    field.ArriveOnSite: (Verb.STEP,),
    field.StartWork: (Verb.STEP,),
    field.CompleteWork: (Verb.STEP,),
    field.AmendReport: (Verb.STEP,),
    field.HoldWorkOrder: (Verb.HOLD,),
    field.ResumeWorkOrder: (Verb.HOLD,),
    sla.FireDueSteps: None,
    sla.RemindAgain: None,
    sla.AttachSla: None,
    sla.SendDigest: None,
    sla.PutOffReminder: (Verb.REMIND,),
    sla.MuteReminders: (Verb.MUTE,),
    sla.UnmuteReminders: (Verb.MUTE,),
    sla.PublishSla: (Verb.MANAGE_SLA,),
    survey.RateService: (Verb.RATE,),
    survey.ExtendRating: (Verb.RATE,),
    survey.FinishFollowUp: (Verb.FOLLOW_UP,),
    survey.ReviewFollowUp: None,
    survey.RecordFollowUp: (Verb.FOLLOW_UP,),
    survey.PassOnFollowUp: (Verb.FOLLOW_UP,),
    # Whose task it is, the process says; its engine refuses everybody else.
    approval.StartRequest: (Verb.REQUEST,),
    approval.AgreeTask: (Verb.APPROVE,),
    approval.RefuseTask: (Verb.APPROVE,),
    approval.ReturnTask: (Verb.APPROVE,),
    approval.DelegateTask: (Verb.APPROVE,),
    approval.EntrustTask: (Verb.APPROVE,),
    approval.AddApprovers: (Verb.APPROVE,),
    approval.RemoveApprover: (Verb.APPROVE,),
    approval.AskInitiator: (Verb.APPROVE,),
    approval.CommentOnProcess: (Verb.APPROVE,),
    approval.TakeBackTask: (Verb.APPROVE,),
    approval.WithdrawRequest: (Verb.REQUEST,),
    approval.ResubmitRequest: (Verb.REQUEST,),
    approval.ExpediteApproval: (Verb.REQUEST,),
    approval.ReviewProcess: None,
    approval.ReviewAbsence: None,
    approval.HandOverTasks: (Verb.HAND_OVER,),
    approval.SetAbsence: (Verb.APPROVE,),
    approval.EndAbsence: (Verb.APPROVE,),
    approval.PublishProcess: (Verb.MANAGE_PROCESSES,),
    approval.RollBackProcess: (Verb.MANAGE_PROCESSES,),
    approval.MoveInstances: (Verb.MANAGE_PROCESSES,),
    **PARTS,
    closing.SignOffWork: (Verb.SIGN_OFF, Verb.SKIP_ACCEPTANCE),
    closing.RejectWork: (Verb.SIGN_OFF, Verb.SKIP_ACCEPTANCE),
    closing.SettleWorkOrder: (Verb.SETTLE,),
    closing.NoteFollowUp: (Verb.FOLLOW_UP,),
    closing.OweFollowUp: (Verb.FOLLOW_UP,),
    closing.NoteRating: (Verb.RATE,),
    closing.CloseWorkOrder: (Verb.CLOSE,),
    closing.ReopenWorkOrder: (Verb.REOPEN,),
}


def guard(command: Command, uow: EveryUnitOfWork) -> None:
    """Let a command pass, or refuse it.

    Raises:
        AccountInactive: the actor left.
        NotPermitted: none of the actor's roles allows it.
        WorkOrderNotFound: a customer asks for somebody else's work order, which must not be revealed.
        WaitsForApproval: the work order's process puts a decision before it.
    """
    _insist_on_rights(command, uow)
    hold_back(command, uow)


def _insist_on_rights(command: Command, uow: EveryUnitOfWork) -> None:
    needed = NEEDED[type(command)]
    if command.actor_id == CLOCK or needed == ():
        return
    if needed is None:
        raise NotPermitted(action=type(command).__name__)
    person = uow.people.get(UUID(command.actor_id))
    if not person.active:
        raise AccountInactive
    if isinstance(command, work_order.RegisterWorkOrder | intake.AddToDraft):
        needed = (Verb.REPORT,) if command.requester_id == person.id else (Verb.REGISTER,)
    if isinstance(command, closing.SignOffWork) and command.signature is not None:
        needed = (Verb.SIGN_OFF, Verb.TAKE_SIGNATURE)
    _insist(command, person, needed, uow)


def _insist(command: Command, person: Person, needed: tuple[Verb, ...], uow: EveryUnitOfWork) -> None:
    relation, number = _about(command, person, uow)
    if any(may(person.roles, verb, relation) for verb in needed):
        return
    if number and relation == STRANGER and not person.roles & STAFF_ROLES:
        raise WorkOrderNotFound(number=number)
    raise NotPermitted(action=needed[0].value)


def _about(command: Command, person: Person, uow: EveryUnitOfWork) -> tuple[Relation, str]:
    work_order_id = getattr(command, "work_order_id", None)
    if work_order_id is None or isinstance(command, work_order.RegisterWorkOrder):
        return STRANGER, ""
    order = uow.work_orders.get(work_order_id)
    return relation_to(order, person, uow), order.number
