"""Every card and message by its stable name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cards import messages
from cards.probe import ProbeView, probe_card
from cards.spec import Card, Note
from cards.work_order import work_order_card
from domain.kernel.messages import Message
from domain.workorder.views import JobsView, ProgressView, ReceiptView, VisitorView, WorkOrderView


@dataclass(frozen=True)
class Entry:
    """How one kind of view is read and laid out."""

    view: type[Message]
    lay_out: Callable[[Any], Card | Note]


CATALOG: Mapping[str, Entry] = {
    "work_order": Entry(WorkOrderView, work_order_card),
    "receipt": Entry(ReceiptView, messages.receipt),
    "who_comes": Entry(VisitorView, messages.who_comes),
    "progress": Entry(ProgressView, messages.progress),
    "bound": Entry(messages.BoundView, messages.bound),
    "nobody_left": Entry(messages.NobodyLeftView, messages.nobody_left),
    "jobs": Entry(JobsView, messages.jobs),
    "job_cancelled": Entry(messages.CancelledView, messages.job_cancelled),
    "cancelled": Entry(messages.CancelledView, messages.cancelled),
    "note": Entry(messages.NoteView, messages.note),
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
