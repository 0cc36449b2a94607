"""Every card and message by its stable name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cards import (
    approval_lists,
    callers,
    desk,
    digest,
    field,
    files,
    messages,
    news,
    offers,
    part_lists,
    parts,
    report,
    settling,
    sla,
    store,
    suppliers,
    survey,
)
from cards.approval import approval
from cards.approval_request import request
from cards.asset import asset_file
from cards.customer import customer_card
from cards.draft import draft_card, files_kept, intake_news
from cards.fold import FoldView, fold
from cards.group import group_request
from cards.history import history
from cards.probe import ProbeView, probe_card
from cards.process import process_preview
from cards.requester import requester_card
from cards.spec import Card, Note
from cards.timeline import timeline
from cards.work_order import work_order_card
from domain.approval.views import (
    ApprovalNewsView,
    ApprovalView,
    PreviewView,
    RequestListView,
    RequestView,
    TaskListView,
)
from domain.assets.views import AssetView, CustomerView, HistoryView
from domain.groups.views import GroupRequestView
from domain.intake.views import DraftView, EscalationView, FilesKeptView, IntakeNewsView
from domain.kernel.messages import Message
from domain.parts.document_views import (
    CountView,
    HandOverView,
    PartsRequestView,
    PurchaseView,
    SuppliersView,
    SupplierView,
)
from domain.parts.views import (
    DocumentsView,
    HolderView,
    LowStockView,
    PartChoiceView,
    PartsNewsView,
    PieceView,
    StockView,
)
from domain.policies.board import FieldBoardView
from domain.sla.digest import DigestView
from domain.sla.views import LatenessView, ReminderView, StatementView
from domain.survey.views import FollowUpNewsView, FollowUpsView, FollowUpView, NpsView
from domain.workorder.pool import PoolView
from domain.workorder.views import (
    JobsView,
    ProgressView,
    ReceiptView,
    RequesterView,
    TimelineView,
    VisitorView,
    WorkOrderView,
)


@dataclass(frozen=True)
class Entry:
    """How one kind of view is read and laid out."""

    view: type[Message]
    lay_out: Callable[[Any], Card | Note]


CATALOG: Mapping[str, Entry] = {
    "picker": Entry(desk.PickerView, desk.picker),
    "merge_doubt": Entry(desk.MergeDoubtView, desk.merge_doubt),
    "pool": Entry(PoolView, desk.pool),
    "registration": Entry(desk.RegistrationView, desk.registration),
    "group_request": Entry(GroupRequestView, group_request),
    "work_order": Entry(WorkOrderView, work_order_card),
    "requester": Entry(RequesterView, requester_card),
    "news": Entry(news.NewsView, news.news),
    "relayed": Entry(news.RelayedView, news.relayed),
    "for_caller": Entry(callers.ForCallerView, callers.for_caller),
    "receipt": Entry(ReceiptView, messages.receipt),
    "who_comes": Entry(VisitorView, messages.who_comes),
    "progress": Entry(ProgressView, messages.progress),
    "bound": Entry(messages.BoundView, messages.bound),
    "nobody_left": Entry(messages.NobodyLeftView, messages.nobody_left),
    "jobs": Entry(JobsView, messages.jobs),
    "job_cancelled": Entry(messages.CancelledView, messages.job_cancelled),
    "cancelled": Entry(messages.CancelledView, messages.cancelled),
    "note": Entry(messages.NoteView, messages.note),
    "file_missing": Entry(files.FileMissingView, files.file_missing),
    "file_reused": Entry(files.FileReusedView, files.file_reused),
    "history": Entry(HistoryView, history),
    "customer": Entry(CustomerView, customer_card),
    "asset": Entry(AssetView, asset_file),
    "timeline": Entry(TimelineView, timeline),
    "reminder": Entry(ReminderView, sla.reminder),
    "lateness": Entry(LatenessView, sla.lateness),
    "digest": Entry(DigestView, digest.digest),
    "statement": Entry(StatementView, sla.statement),
    "nps": Entry(NpsView, survey.nps),
    "follow_up": Entry(FollowUpView, survey.follow_up),
    "follow_ups": Entry(FollowUpsView, survey.follow_ups),
    "follow_up_news": Entry(FollowUpNewsView, survey.follow_up_news),
    "service_report": Entry(survey.ServiceReportView, survey.service_report),
    "reopen_offer": Entry(survey.ReopenOfferView, survey.reopen_offer),
    "payer_doubt": Entry(settling.PayerDoubtView, settling.payer_doubt),
    "hold_choices": Entry(field.HoldChoicesView, field.hold_choices),
    "candidates": Entry(field.CandidatesView, field.candidates),
    "held_words": Entry(field.HeldWordsView, field.held_words),
    "field_board": Entry(FieldBoardView, field.field_board),
    "report_question": Entry(report.QuestionView, report.question),
    "report_summary": Entry(report.SummaryView, report.summary),
    "report_change": Entry(report.ChangeView, report.change),
    "draft": Entry(DraftView, draft_card),
    "escalation": Entry(EscalationView, offers.escalation_card),
    "faq": Entry(offers.FaqView, offers.faq_card),
    "late_cancel": Entry(offers.LateCancelView, offers.late_cancel_card),
    "files_kept": Entry(FilesKeptView, files_kept),
    "still_broken": Entry(offers.StillBrokenView, offers.still_broken_card),
    "machines": Entry(offers.MachinesView, offers.machines_card),
    "fold": Entry(FoldView, fold),
    "intake_news": Entry(IntakeNewsView, intake_news),
    "approval": Entry(ApprovalView, approval),
    "approval_tasks": Entry(TaskListView, approval_lists.tasks),
    "approval_requests": Entry(RequestListView, approval_lists.requests),
    "approval_request": Entry(RequestView, request),
    "approval_news": Entry(ApprovalNewsView, approval_lists.news),
    "process_preview": Entry(PreviewView, process_preview),
    "stock": Entry(StockView, parts.stock),
    "part_choice": Entry(PartChoiceView, parts.part_choice),
    "parts_request": Entry(PartsRequestView, parts.parts_request),
    "hand_over": Entry(HandOverView, parts.hand_over),
    "parts_news": Entry(PartsNewsView, part_lists.parts_news),
    "holder": Entry(HolderView, part_lists.holder),
    "piece": Entry(PieceView, part_lists.piece),
    "low_stock": Entry(LowStockView, part_lists.low_stock),
    "documents": Entry(DocumentsView, part_lists.documents),
    "supplier": Entry(SupplierView, suppliers.supplier),
    "suppliers": Entry(SuppliersView, suppliers.suppliers),
    "picking": Entry(store.PickingView, store.picking),
    "purchase": Entry(PurchaseView, store.purchase),
    "stock_count": Entry(CountView, store.stock_count),
    "probe": Entry(ProbeView, probe_card),
}


def render(name: str, view: Mapping[str, object]) -> Card | Note:
    """Lay out one entry of the catalogue.

    Raises:
        KeyError: the catalogue has no such name.
        ValidationError: the view does not fit the entry.
    """
    entry = CATALOG[name]
    return entry.lay_out(entry.view.model_validate(view))
