"""The documents of one work order, made of what was recorded; nothing on them is typed twice."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from domain.access.rights import Field, sees
from domain.assets.entitlement import Reason, entitlement
from domain.kernel.localtime import day_words, local_day
from domain.parts.wording import part_name
from domain.people.model import STAFF_ROLES, Person
from domain.policies.documents import (
    ChargeKind,
    ChargeLine,
    CheckLine,
    Company,
    Photo,
    ServiceReportDocument,
    SettlementDocument,
    Signature,
    Step,
)
from domain.policies.ports import EveryUnitOfWork
from domain.policies.relation import relation_to
from domain.policies.views import address_of, contact_of
from domain.workorder.details import TYPE_LABEL, Payer
from domain.workorder.errors import NoReportYet, NotSettledYet
from domain.workorder.forms import checklist_of
from domain.workorder.handlers.signing import signature_on
from domain.workorder.model import WorkOrder
from domain.workorder.report import ServiceReport

Picture = Callable[[str], bytes]
"""Gives the bytes of a kept file by its sha256; nothing where it is lost."""

STEPS: Final = {
    "WorkOrderAccepted": "接单",
    "TechnicianDeparted": "出发",
    "TechnicianArrived": "到达",
    "WorkStarted": "开始",
    "WorkCompleted": "完工",
}
MOST_PHOTOS: Final = 24
"""Pictures that are opened for one document; the page shows them all."""
SERVICE: Final = "维修服务（含所用备件和工时）"
HOURS: Final = "现场工时（服务报告第 {version} 版）"
NO_PRICES: Final = "备件和工时没有单独计价，已含在维修服务费内。"


def service_report(
    order: WorkOrder, viewer: Person, company: Company, picture: Picture, at: datetime, uow: EveryUnitOfWork
) -> ServiceReportDocument:
    """Return the service report as it is now; contact and address for whoever may read them.

    Raises:
        NoReportYet: the work was never completed.
    """
    filed = uow.work_orders.report(order.id, order.report_version)
    if filed is None:
        raise NoReportYet(number=order.number)
    report = ServiceReport.model_validate(filed.report)
    return ServiceReportDocument(
        **_head(order, viewer, company, picture, at, uow),
        fault=order.description,
        cause=report.cause,
        measures=report.remedy,
        hours=report.hours,
        steps=_steps(order, uow),
        checks=_checks(order, report, uow),
        photos=_photos(order, picture, uow),
        charges=_parts(order, uow),
        remarks=report.materials,
    )


def settlement_sheet(
    order: WorkOrder, viewer: Person, company: Company, picture: Picture, at: datetime, uow: EveryUnitOfWork
) -> SettlementDocument:
    """Return what the work order costs and who pays, for whoever may read the price.

    Raises:
        NotSettledYet: there is no price, or it is not the viewer's to read.
    """
    if order.settled_fen is None or not _may_read_price(order, viewer, uow):
        raise NotSettledYet(number=order.number)
    payer = Payer(order.payer) if order.payer else None
    included = tuple(
        line.model_copy(update={"payer": payer}) for line in (*_parts(order, uow), *_labour(order, uow))
    )
    service = ChargeLine(kind=ChargeKind.FEE, name=SERVICE, amount_fen=order.settled_fen, payer=payer)
    return SettlementDocument(
        **_head(order, viewer, company, picture, at, uow),
        charges=(*included, service),
        settled_fen=order.settled_fen,
        completed_at=order.completed_at,
        remarks=NO_PRICES if included else "",
    )


def documents_of(order: WorkOrder, viewer: Person, uow: EveryUnitOfWork) -> Mapping[str, str]:
    """Return the titles of the documents that somebody may open now, by file name."""
    found = {"report.pdf": "服务报告"} if order.report_version else {}
    if order.settled_fen is not None and _may_read_price(order, viewer, uow):
        found["settlement.pdf"] = "结算单"
    return found


def _may_read_price(order: WorkOrder, viewer: Person, uow: EveryUnitOfWork) -> bool:
    if viewer.roles & STAFF_ROLES:
        return sees(viewer.roles, Field.COST, relation_to(order, viewer, uow))
    return order.payer == Payer.CUSTOMER.value


def _head(
    order: WorkOrder, viewer: Person, company: Company, picture: Picture, at: datetime, uow: EveryUnitOfWork
) -> dict[str, Any]:
    asset = uow.assets.get(order.asset_id) if order.asset_id is not None else None
    request = order.request
    customer = uow.customers.get(order.customer_id).name if order.customer_id is not None else ""
    digest = _digest(order, uow)
    near = sees(viewer.roles, Field.CONTACT, relation_to(order, viewer, uow))
    return {
        "number": order.number,
        "work_order_number": order.number,
        "version": max(order.report_version, 1),
        "sha256": digest,
        "issued_at": at,
        "company": company,
        "customer": customer or uow.people.get(order.requester_id).name,
        "contact": contact_of(order, uow) if near else "",
        "site": address_of(order, uow) if near else "",
        "asset": asset.name if asset is not None else request.device or request.device_type,
        "model": asset.model if asset is not None else request.model,
        "serial": asset.serial if asset is not None else request.serial,
        "warranty": _warranty(order, uow),
        "order_type": TYPE_LABEL.get(order.type, order.type),
        "technician": uow.name_of(order.assignee_id) if order.assignee_id is not None else "",
        "signature": _signature(order, digest, picture, uow),
    }


def _digest(order: WorkOrder, uow: EveryUnitOfWork) -> str:
    """Return the check sum of the report's content, whatever the document around it looks like."""
    filed = uow.work_orders.report(order.id, order.report_version)
    content = json.dumps(filed.report if filed else {}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{order.number}\n{order.report_version}\n{content}".encode()).hexdigest()


def _signature(order: WorkOrder, digest: str, picture: Picture, uow: EveryUnitOfWork) -> Signature | None:
    found = signature_on(order, uow)
    if found is None:
        return None
    return Signature(
        name=found.signature.signer,
        signed_at=found.signed_at,
        image=picture(found.signature.image),
        report_version=found.report_version,
        # One that does not hold any more is shown as such: it is for another content.
        report_sha256=digest if found.valid else found.signature.digest,
    )


def _warranty(order: WorkOrder, uow: EveryUnitOfWork) -> str:
    if order.customer_id is None or order.asset_id is None:
        return ""
    day = local_day(order.created_at)
    asset = uow.assets.get(order.asset_id)
    found = entitlement(asset, uow.customers.contracts(order.customer_id, day), day)
    until = f"至 {day_words(found.until)}" if found.until is not None else ""
    if found.in_warranty:
        return f"保修期内 {until}".strip()
    return "合同服务期内" if found.reason is Reason.CONTRACT else "已过保修期" if until else ""


def _steps(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[Step, ...]:
    """Return the latest time of each step; a job that was reopened was done again."""
    taken = {one.name: one for one in uow.work_orders.history(order.id) if one.name in STEPS}
    return tuple(
        Step(label=label, at=taken[name].occurred_at if name in taken else None)
        for name, label in STEPS.items()
    )


def _checks(order: WorkOrder, report: ServiceReport, uow: EveryUnitOfWork) -> tuple[CheckLine, ...]:
    answers = {answer.key: answer for answer in report.checks}
    checklist = checklist_of(order, uow)
    lines: list[CheckLine] = []
    for item in checklist:
        if item.reading:
            value = report.readings.get(item.label, "")
            lines.append(CheckLine(label=item.label, reading=f"{value} {item.unit}".strip()))
        elif (answer := answers.get(item.key)) is not None:
            lines.append(CheckLine(label=item.label, passed=answer.passed, remark=answer.remark))
    known = {item.label for item in checklist if item.reading}
    more = (
        CheckLine(label=name, reading=said) for name, said in report.readings.items() if name not in known
    )
    return (*lines, *more)


def _photos(order: WorkOrder, picture: Picture, uow: EveryUnitOfWork) -> tuple[Photo, ...]:
    kept = [one for one in uow.files.of_work_order(order.id) if one.is_kept and one.media == "image"]
    return tuple(
        Photo(
            data=picture(one.sha256 or ""), caption=uow.people.get(one.sender_id).name, taken_at=one.sent_at
        )
        for one in kept[:MOST_PHOTOS]
    )


def _parts(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[ChargeLine, ...]:
    """Return what was used; what it cost us is nobody's business here."""
    if not order.has_parts:
        return ()
    lines = []
    for one in uow.stock.spent_on(order.id):
        part = uow.parts.get(one.part_id)
        if one.quantity > 0:
            lines.append(
                ChargeLine(
                    kind=ChargeKind.PART,
                    name=part_name(part),
                    number=part.code,
                    quantity=one.quantity,
                    unit=part.unit,
                    amount_fen=None,
                )
            )
    return tuple(lines)


def _labour(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[ChargeLine, ...]:
    """Return the hours of the report; an earlier visit has a report of its own."""
    filed = uow.work_orders.report(order.id, order.report_version)
    hours = ServiceReport.model_validate(filed.report).hours if filed is not None else None
    if not hours:
        return ()
    name = HOURS.format(version=order.report_version)
    line = ChargeLine(kind=ChargeKind.LABOUR, name=name, quantity=hours, unit="小时", amount_fen=None)
    return (line,)
