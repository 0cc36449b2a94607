"""Refusals as the page of a job says them: what to tap here, not what to reply in a chat."""

from collections.abc import Callable
from typing import Any

from console.page import Deed, Done, Visit
from domain.kernel.errors import DomainError
from domain.parts.errors import (
    NeverIssued,
    NotEnough,
    NotUsed,
    PartDoesNotFit,
    RequestNotOpen,
    TransferEnded,
)
from domain.workorder.errors import ReportIncomplete


class FitsOnlyOthers(PartDoesNotFit):
    """{name} 不适用于 {model}（适用：{models}），没有申请。{instead}确认仍要领用，请再点一次“仍要领用”。"""


class NotEnoughFree(NotEnough):
    """{place}的 {name} 不够：要 {wanted}{unit}，可用 {free}{unit}，没有申请。\
{instead}请改数量再点“申请”，或查找别的备件。"""


class NotOnVan(NeverIssued):
    """您车上没有这么多 {name}（现有 {free}{unit}），没有核销。请改“用了”的数量，或在下面“申请备件”。"""


class NotUsedHere(NotUsed):
    """工单 {number} 只用了 {used}{unit} {name}，没有退回。请刷新页面，按最新的数量再点“没用，退回”。"""


class RequestMovedOn(RequestNotOpen):
    """领料 {number} 现在是“{state}”，不能{action}。请刷新页面查看最新状态。"""


class TransferOver(TransferEnded):
    """交接 {number} 已经{state}，不用再处理。请刷新页面查看最新状态。"""


class ReportLacks(ReportIncomplete):
    """工单 {number} 的服务报告还缺：{missing}。请补全后再提交。"""


_ON_THE_PAGE: dict[type[DomainError], type[DomainError]] = {
    PartDoesNotFit: FitsOnlyOthers,
    NotEnough: NotEnoughFree,
    NeverIssued: NotOnVan,
    NotUsed: NotUsedHere,
    RequestNotOpen: RequestMovedOn,
    TransferEnded: TransferOver,
    ReportIncomplete: ReportLacks,
}


def in_page_words(deed: Deed) -> Deed:
    """Return the same deed, whose refusals say what to tap."""
    do: Callable[[Visit, Any], Done] = deed.do

    def said(visit: Visit, body: Any) -> Done:
        try:
            return do(visit, body)
        except DomainError as refusal:
            words = _ON_THE_PAGE.get(type(refusal))
            if words is None:
                raise
            raise words(**refusal.facts) from refusal

    return Deed(deed.body, said)
