"""What each of several work orders gets of one request: its words, the files, and the plate of its vehicle.

Source: docs/reference/intake.md, rule RQ-7
"""

from collections.abc import Sequence
from uuid import UUID

from domain.assets.keys import plate_key
from domain.files.handlers import share_attachment
from domain.intake.data import DraftData, FaultDraft
from domain.intake.faults import joined, own_words
from domain.intake.rules import WITH_ABOUT
from domain.kernel.messages import Cause
from domain.policies.ports import EveryUnitOfWork

SHOWN_IN_FILES = "（见图片或语音）"
FAR_AWAY = "\n（客户还发来了远处的位置：{place}）"


def units(data: DraftData) -> Sequence[FaultDraft]:
    """Return what becomes a work order each."""
    faults = data.faults or (FaultDraft(),)
    if len(faults) == 1 or not (data.together or data.type in WITH_ABOUT):
        return faults
    whole = faults[0]
    for fault in faults[1:]:
        whole = joined(fault, whole)
    return [whole]


def description(data: DraftData, at: int) -> str:
    """Return the words of one work order: all of them, or its own where there are several."""
    words = data.report_words
    if len(units(data)) > 1:
        words = own_words(data, at) or data.faults[at].words or words
    far = FAR_AWAY.format(place=data.far.place or "定位") if data.far is not None else ""
    return (words or SHOWN_IN_FILES) + far


def share_files(draft_id: UUID, order_ids: Sequence[UUID], cause: Cause, uow: EveryUnitOfWork) -> None:
    """Give a draft's files to all its work orders: nobody said which machine a picture shows."""
    first, *others = dict.fromkeys(order_ids)
    for attachment in uow.files.move_to_work_order(draft_id, first):
        for other in others:
            share_attachment(attachment, other, cause, uow)


def plate_for(data: DraftData, fault: FaultDraft, at: int, uow: EveryUnitOfWork) -> str:
    """Return the plate of one work order: never that of another vehicle, and none for what has no plate."""
    if not data.plate:
        return ""
    if fault.asset_id:
        asset = uow.assets.get(UUID(fault.asset_id))
        if asset.plate_key:
            return data.plate if asset.plate_key == plate_key(data.plate) else ""
        kind = uow.assets.kind_of(asset.id)
        if kind is not None:
            return data.plate if any(one.get("key") == "plate" for one in kind.fields) else ""
    several = len(units(data)) > 1
    return data.plate if not several or data.plate in plate_words(own_words(data, at)) else ""


def plate_words(words: str) -> str:
    """Return words as a plate in them is compared."""
    return "".join(char for char in words.upper() if char.isalnum())
