"""The service report and the settlement sheet as PDF."""

import io
from collections.abc import Iterable

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from adapters.documents.blocks import flow
from adapters.documents.fields import Kind
from adapters.documents.fonts import Wording
from adapters.documents.pages import FOOT_MM, HEAD_MM, Paper, numbered
from adapters.documents.styles import SMALL, Sheet
from adapters.documents.template import Template, built_in
from cards.text_documents import NOT_IN_FONT
from domain.policies.documents import Document, ServiceReportDocument, SettlementDocument


def render_report(view: ServiceReportDocument, template: Template | None = None, url: str = "") -> bytes:
    """Return the service report; the same input gives the same bytes.

    Args:
        template: the built-in one when there is none.
        url: what the QR code opens; without it there is no code.

    Raises:
        ValueError: the template is for another kind of document.
    """
    return _render(view, Kind.REPORT, template, url)


def render_settlement(view: SettlementDocument, template: Template | None = None, url: str = "") -> bytes:
    """Return the settlement sheet; the same input gives the same bytes.

    Args:
        template: the built-in one when there is none.
        url: what the QR code opens; without it there is no code.

    Raises:
        ValueError: the template is for another kind of document.
    """
    return _render(view, Kind.SETTLEMENT, template, url)


def _render(view: Document, kind: Kind, template: Template | None, url: str) -> bytes:
    chosen = template or built_in(kind)
    if chosen.kind is not kind:
        raise ValueError(f"a template for {chosen.kind} cannot lay out a {kind}")
    sheet = Sheet(view, chosen, url, Wording())
    story: list[Flowable] = [part for block in chosen.blocks for part in flow(sheet, block)]
    story += _lost(sheet)
    out = io.BytesIO()
    margin = sheet.template.margin_mm * mm
    document = BaseDocTemplate(
        out, pagesize=A4, invariant=1, title=f"{sheet.template.title} {sheet.document.number}", lang="zh-CN"
    )
    width, height = A4
    frame = Frame(
        margin,
        FOOT_MM * mm,
        width - 2 * margin,
        height - (FOOT_MM + HEAD_MM) * mm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates([PageTemplate("page", [frame])])
    document.build(story, canvasmaker=numbered(Paper(sheet)))
    return out.getvalue()


def _lost(sheet: Sheet) -> Iterable[Flowable]:
    codes = sheet.wording.lost()
    return [Spacer(0, 2 * mm), sheet.paragraph(NOT_IN_FONT.format(codes=codes), SMALL)] if codes else []
