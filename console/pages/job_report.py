"""The service report on the job page: what the machine asks for, checked by the same rule as in chat."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from cards.report import filed_words
from cards.text_field import CHECK_FOUND, REPORT_LABEL
from console.page import Body, Deed, Done, Visit
from console.pages.job_common import ToldWithPhotos, attach, my_job
from console.pages.job_refusals import in_page_words
from domain.kernel.bus import Bus
from domain.kernel.errors import DomainError
from domain.policies.device_time import claimed_time
from domain.policies.report_photos import photos_of
from domain.workorder.field_commands import AmendReport, CompleteWork
from domain.workorder.forms import checklist_of
from domain.workorder.model import WorkOrder
from domain.workorder.report import MOST_HOURS, NOTHING, REQUIRED, CheckAnswer, CheckItem, ServiceReport
from domain.workorder.status import Status

ITEMS_LIMIT = 60
Value = Annotated[str, Field(pattern=r"^-?\d{1,9}(\.\d{1,6})?$")]
"""A measured value, without its unit."""


class ReportedAlready(DomainError):
    """工单 {number} 已经完工并有服务报告，这一份没有提交。内容还在这部手机上，要更正请点“修改报告”再提交。"""

    code = "reported_already"


class Check(Body):
    """How one item was found."""

    key: str = Field(max_length=100)
    passed: bool
    remark: str = Field(default="", max_length=500)


class Report(ToldWithPhotos):
    """A whole report.

    Args:
        readings: measured values by the key of their item.
        photos: those that are new with it; what was sent before counts too.
    """

    cause: str = Field(default="", max_length=1000)
    remedy: str = Field(default="", max_length=2000)
    hours: Decimal | None = Field(default=None, ge=0, le=1000, decimal_places=2)
    materials: str = Field(default="", max_length=1000)
    checks: tuple[Check, ...] = Field(default=(), max_length=ITEMS_LIMIT)
    readings: dict[str, Value] = Field(default_factory=dict, max_length=ITEMS_LIMIT)


def deeds(bus: Bus) -> dict[str, Deed]:
    """Return what can be done."""

    def complete(visit: Visit, body: Report) -> Done:
        order = my_job(visit)
        attach(order, body, visit, bus)
        command = CompleteWork(
            work_order_id=order.id,
            report=_report(order, body, visit, amends=False),
            claimed_at=claimed_time(order, body.device_at, visit.at),
            latitude=body.latitude,
            longitude=body.longitude,
            **visit.cause(),
        )
        return _filed(order, command, visit)

    def amend(visit: Visit, body: Report) -> Done:
        order = my_job(visit)
        attach(order, body, visit, bus)
        report = _report(order, body, visit, amends=True)
        return _filed(order, AmendReport(work_order_id=order.id, report=report, **visit.cause()), visit)

    def _filed(order: WorkOrder, command: CompleteWork | AmendReport, visit: Visit) -> Done:
        before = order.report_version
        bus.handle(command, visit.uow)
        if order.report_version == before:
            raise ReportedAlready(number=order.number)
        amends = isinstance(command, AmendReport)
        return Done(filed_words(order.number, order.report_version, order.reopenings + 1, amends=amends))

    made = {"complete": Deed(Report, complete), "amend": Deed(Report, amend)}
    return {name: in_page_words(deed) for name, deed in made.items()}


def shown(order: WorkOrder, visit: Visit) -> dict[str, Any]:
    """Return the form, and what is filled in where a filed report can be corrected."""
    amends = order.state in (Status.COMPLETED, Status.SIGNED_OFF)
    checklist = checklist_of(order, visit.uow)
    filed = visit.uow.work_orders.report(order.id, order.report_version) if amends else None
    report = ServiceReport.model_validate(filed.report) if filed is not None else ServiceReport()
    photos = photos_of(order, visit.actor.id, visit.uow, amends=amends)
    return {
        "version": order.report_version,
        "amends": amends,
        "labels": {**REPORT_LABEL, **REQUIRED},
        "found": {"passed": CHECK_FOUND[True], "failed": CHECK_FOUND[False]},
        "most_hours": str(MOST_HOURS),
        "items": [_item(item) for item in checklist],
        "photos": [one.sha256 for one in photos if one.is_kept],
        "photo_count": len(photos),
        "filled": {
            "cause": report.cause,
            "remedy": report.remedy,
            "hours": str(report.hours) if report.hours is not None else "",
            "materials": report.materials,
            "checks": {one.key: one.model_dump(mode="json") for one in report.checks},
            "readings": {
                item.key: report.readings.get(item.label, "").removesuffix(item.unit)
                for item in checklist
                if item.reading
            },
        },
    }


def _item(item: CheckItem) -> dict[str, Any]:
    return item.model_dump(mode="json", include={"key", "label", "photo", "required", "reading", "unit"})


def _report(order: WorkOrder, body: Report, visit: Visit, *, amends: bool) -> ServiceReport:
    checklist = checklist_of(order, visit.uow)
    readings = {
        item.label: f"{body.readings[item.key]}{item.unit}"
        for item in checklist
        if item.reading and item.key in body.readings
    }
    known = {item.key for item in checklist if not item.reading}
    return ServiceReport(
        cause=_said(body.cause),
        remedy=_said(body.remedy),
        hours=body.hours,
        materials=body.materials,
        readings=readings | (_unasked(order, checklist, visit) if amends else {}),
        checks=tuple(
            CheckAnswer(key=one.key, passed=one.passed, remark=one.remark)
            for one in body.checks
            if one.key in known
        ),
        photos=len(photos_of(order, visit.actor.id, visit.uow, amends=amends)),
    )


def _unasked(order: WorkOrder, checklist: Sequence[CheckItem], visit: Visit) -> dict[str, str]:
    """Return the readings of a filed report that nobody asked for: a correction here does not lose them."""
    filed = visit.uow.work_orders.report(order.id, order.report_version)
    asked = {item.label for item in checklist if item.reading}
    readings = filed.report.get("readings", {}) if filed is not None else {}
    return {name: value for name, value in readings.items() if name not in asked}


def _said(text: str) -> str:
    """Return words that say something; “没有” is no cause."""
    return "" if text.strip(" 。.") in NOTHING else text
