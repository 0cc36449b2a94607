"""The documents of a work order: service report and settlement sheet, made the moment they are opened."""

from typing import Any, Protocol, TypeVar

from adapters.files.ports import FileAbsent
from console.page import PageSpec, Visit
from domain.kernel.errors import NotFound
from domain.kernel.links import Page
from domain.policies.documents import Company, ServiceReportDocument, SettlementDocument
from domain.policies.job_documents import Picture, documents_of, service_report, settlement_sheet
from domain.workorder.model import WorkOrder

D = TypeVar("D", contravariant=True)


class Layout(Protocol[D]):
    """Draws one kind of document."""

    def __call__(self, view: D, *, url: str) -> bytes:
        """Return the document as PDF."""


class Papers:
    """Makes the documents for the pages that offer them.

    Args:
        company: who issues them.
        report, settlement: lay a document out as PDF; `url` is what its code opens.
    """

    def __init__(
        self,
        company: Company,
        report: Layout[ServiceReportDocument],
        settlement: Layout[SettlementDocument],
    ) -> None:
        self._company = company
        self._lay_out_report = report
        self._lay_out_settlement = settlement

    def report(self, visit: Visit) -> bytes:
        """Return the service report as PDF."""
        order = _order(visit)
        view = service_report(order, visit.actor, self._company, _picture(visit), visit.at, visit.uow)
        return self._lay_out_report(view, url=_address(order, visit))

    def settlement(self, visit: Visit) -> bytes:
        """Return the settlement sheet as PDF."""
        order = _order(visit)
        view = settlement_sheet(order, visit.actor, self._company, _picture(visit), visit.at, visit.uow)
        return self._lay_out_settlement(view, url=_address(order, visit))


def page(papers: Papers) -> PageSpec:
    """Return the page that lists them."""
    return PageSpec(
        page=Page.DOCUMENT,
        title="服务单据",
        data=_data,
        documents={"report.pdf": papers.report, "settlement.pdf": papers.settlement},
    )


def papers_url(order: WorkOrder, visit: Visit) -> str:
    """Return where the visitor reads the documents, as soon as there is one."""
    return _address(order, visit) if documents_of(order, visit.actor, visit.uow) else ""


def _data(visit: Visit) -> dict[str, Any]:
    order = _order(visit)
    found = documents_of(order, visit.actor, visit.uow)
    return {
        "number": order.number,
        "asset": visit.uow.assets.name_of(order.asset_id),
        "documents": [{"file": file, "title": title} for file, title in found.items()],
    }


def _order(visit: Visit) -> WorkOrder:
    order = visit.uow.work_orders.find(visit.subject_id)
    if order is None:
        raise NotFound(what="这张工单")
    return order


def _address(order: WorkOrder, visit: Visit) -> str:
    """Return what the code on the paper opens: where the document can be read again."""
    return visit.uow.links.to(Page.DOCUMENT, visit.actor.id, order.id, visit.at)


def _picture(visit: Visit) -> Picture:
    def opened(sha256: str) -> bytes:
        try:
            return visit.files.in_print_size(sha256)
        except FileAbsent:
            return b""

    return opened
