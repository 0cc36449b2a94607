"""The customer's page at the end: what was done, acceptance with a signature, and how it went."""

from typing import Any
from uuid import uuid4

from pydantic import Field

from cards.requester import changed_words
from cards.text import REQUESTER_STATUS
from cards.text_pages import (
    FAILED,
    NOT_DONE_YET,
    PASSED,
    RATED,
    RATED_LOW,
    REJECTED,
    SIGNATURE_HOLDS,
    SIGNATURE_VOID,
    SIGNED,
)
from console.page import Body, Deed, Done, PageSpec, Visit
from console.pages.document import papers_url
from domain.access.rights import Verb
from domain.kernel.bus import Bus
from domain.kernel.links import Page
from domain.kernel.localtime import local_time
from domain.kernel.money import yuan
from domain.kernel.notices import conversation_audience, person_audience
from domain.policies.audiences import reporters
from domain.policies.customer_pages import order_for, own_words, pictures_of, used_parts
from domain.policies.show import corrected
from domain.policies.survey_views import nps_notice
from domain.policies.views import requester_view
from domain.survey.commands import ExtendRating, RateService
from domain.survey.model import Rating as KeptRating
from domain.survey.rules import NPS, SCORES, is_low
from domain.workorder.closing_commands import RejectWork, SignOffWork
from domain.workorder.forms import checklist_of
from domain.workorder.handlers.signing import signature_on
from domain.workorder.lifecycle.state import REASON_LIMIT
from domain.workorder.model import ReportVersion, WorkOrder
from domain.workorder.report import ServiceReport
from domain.workorder.signature import Point, Signature
from domain.workorder.status import Status

PHOTOS_SHOWN = 12


class Signing(Body):
    """The acceptance of a version of the report, signed.

    Args:
        report: the version that was read.
        image: sha256 of the picture, uploaded before.
        device: what the browser says of itself.
    """

    report: int
    image: str = Field(pattern="^[0-9a-f]{64}$")
    strokes: tuple[tuple[Point, ...], ...] = Field(max_length=500)
    signer: str = Field(min_length=1, max_length=50)
    device: str = Field(default="", max_length=1000)


class Rejection(Body):
    """Why the work is not accepted."""

    report: int
    reason: str = Field(min_length=1, max_length=REASON_LIMIT)


class Rating(Body):
    """How it went."""

    score: int = Field(ge=SCORES[0], le=SCORES[1])
    comment: str = Field(default="", max_length=2000)
    nps: int | None = Field(default=None, ge=NPS[0], le=NPS[1])


class Ending:
    """What the customer decides at the end."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def sign(self, visit: Visit, body: Signing) -> Done:
        """Accept the report that was read, signed."""
        signature = Signature(
            image=body.image, strokes=body.strokes, signer=body.signer, device=body.device[:200]
        )
        command = SignOffWork(
            work_order_id=visit.subject_id, seen_report=body.report, signature=signature, **visit.cause()
        )
        self._bus.handle(command, visit.uow)
        return Done(SIGNED)

    def reject(self, visit: Visit, body: Rejection) -> Done:
        """Send the technician back to work."""
        command = RejectWork(
            work_order_id=visit.subject_id, reason=body.reason, seen_report=body.report, **visit.cause()
        )
        self._bus.handle(command, visit.uow)
        return Done(REJECTED)

    def rate(self, visit: Visit, body: Rating) -> Done:
        """Keep how it went, and whether they would recommend us."""
        command = RateService(
            rating_id=uuid4(),
            work_order_id=visit.subject_id,
            score=body.score,
            comment=body.comment,
            **visit.cause(),
        )
        self._bus.handle(command, visit.uow)
        if body.nps is not None:
            rating = _rating(visit)
            more = ExtendRating(
                rating_id=rating.id, work_order_id=visit.subject_id, nps=body.nps, **visit.cause()
            )
            self._bus.handle(more, visit.uow)
        _thank_in_chat(visit)
        return Done(RATED_LOW if is_low(body.score) else RATED)


def _thank_in_chat(visit: Visit) -> None:
    """Say in their chat what they would have heard after a rating there."""
    order, person_id = visit.uow.work_orders.get(visit.subject_id), visit.actor.id
    address = next((one for one, who in reporters(order, visit.uow).items() if who == person_id), "")
    audience = conversation_audience(address) if address else person_audience(str(person_id))
    visit.uow.notify(nps_notice(audience, _rating(visit), order.number, visit.key, waits=False, asks=False))


def _rating(visit: Visit) -> KeptRating:
    rating = visit.uow.surveys.rating_of(visit.subject_id, visit.actor.id)
    assert rating is not None, "it was kept just now"
    return rating


def page(bus: Bus) -> PageSpec:
    """Return the page."""
    ending = Ending(bus)
    return PageSpec(
        page=Page.ACCEPTANCE,
        title="验收与评价",
        data=_data,
        deeds={
            "sign": Deed(Signing, ending.sign),
            "reject": Deed(Rejection, ending.reject),
            "rate": Deed(Rating, ending.rate),
        },
        shows=_shown,
        takes_files=True,
    )


def _data(visit: Visit) -> dict[str, Any]:
    order, uow = _order(visit), visit.uow
    view = requester_view(order, visit.actor.id, uow)
    report = uow.work_orders.report(order.id, order.report_version)
    asset = uow.assets.get(order.asset_id) if order.asset_id is not None else None
    rating = uow.surveys.rating_of(order.id, visit.actor.id)
    status = REQUESTER_STATUS[order.state]
    accepted = order.state in (Status.SIGNED_OFF, Status.SETTLED, Status.CLOSED)
    signature = _signature(order, visit)
    again = bool(view.actions) and signature is not None and not signature["valid"]
    return {
        "number": order.number,
        "status": status,
        "fault": own_words(order, visit.actor, uow),
        "asset": asset.name if asset is not None else "",
        "technician": view.assignee_name,
        "notice": "" if view.actions or accepted else NOT_DONE_YET.format(number=order.number, status=status),
        "report": _report(order, report, visit) if report is not None else None,
        "amount": f"{yuan(view.amount_fen)} 元" if view.amount_fen is not None else "",
        "changed": [changed_words(one) for one in corrected(order, uow)] if again else [],
        "signature": signature,
        "can_sign": bool(view.actions),
        "can_rate": view.scores,
        "rating": {"score": rating.score, "comment": rating.comment, "nps": rating.nps} if rating else None,
        "papers_url": papers_url(order, visit),
        "status_url": uow.links.to(Page.STATUS, visit.actor.id, order.id, visit.at),
    }


def _report(order: WorkOrder, version: ReportVersion, visit: Visit) -> dict[str, Any]:
    report = ServiceReport.model_validate(version.report)
    labels = {item.key: item.label for item in checklist_of(order, visit.uow)}
    return {
        "version": version.version,
        "filed": local_time(version.filed_at),
        "cause": report.cause,
        "remedy": report.remedy,
        "materials": report.materials,
        "parts": list(used_parts(order, visit.uow)),
        "readings": [{"label": label, "value": value} for label, value in report.readings.items()],
        "checks": [
            {
                "label": labels.get(one.key, one.key),
                "passed": one.passed,
                "found": PASSED if one.passed else FAILED,
                "remark": one.remark,
            }
            for one in report.checks
        ],
        "photos": list(_photos(order, version, visit)),
    }


def _signature(order: WorkOrder, visit: Visit) -> dict[str, Any] | None:
    found = signature_on(order, visit.uow)
    if found is None:
        return None
    words = SIGNATURE_HOLDS if found.valid else SIGNATURE_VOID
    return {
        "image": found.signature.image if found.valid else "",
        "valid": found.valid,
        "words": words.format(
            signer=found.signature.signer,
            at=local_time(found.signed_at),
            version=found.report_version if found.valid else order.report_version,
            before=found.report_version,
        ),
    }


def _photos(order: WorkOrder, version: ReportVersion, visit: Visit) -> tuple[str, ...]:
    return pictures_of(order, version.filed_by, visit.uow)[-PHOTOS_SHOWN:]


def _shown(visit: Visit) -> tuple[str, ...]:
    order = _order(visit)
    version = visit.uow.work_orders.report(order.id, order.report_version)
    signed = signature_on(order, visit.uow)
    drawn = (signed.signature.image,) if signed is not None and signed.valid else ()
    return (*(_photos(order, version, visit) if version is not None else ()), *drawn)


def _order(visit: Visit) -> WorkOrder:
    return order_for(visit.subject_id, visit.actor, Verb.SIGN_OFF, visit.uow)
