"""What a chosen answer makes of a draft."""

from collections.abc import Mapping
from typing import Any

from domain.assets.keys import plate_key
from domain.intake.data import DraftData, FaultDraft, Question, Step
from domain.intake.rules import OnFile, put
from domain.policies.intake_steps import REGISTERED_PLATE, SITE


def take(data: DraftData, question: Question, choice: str, file: OnFile) -> DraftData:
    """Return the knowledge with one of the offered choices taken."""
    match question.step:
        case Step.PLATE:
            return _with_plate(data, question.fault, choice, file)
        case Step.ASSET:
            named = {"asset_id": choice, "candidates": (), "serial": "", "model": ""}
            data = data.model_copy(update={"unknown_serial": "", "question": None})
            return with_fault(data, question.fault, named)
        case Step.ABOUT:
            return data.model_copy(update={"about_number": choice})
        case Step.PLACE:
            return _placed(data, choice)
        case Step.DUPLICATE:
            return with_fault(data, question.fault, {"join_id": choice, "suggestion": None})
        case Step.CHANGE:
            asked = tuple(one for one in data.asked if not one.startswith(f"{choice}:"))
            return data.model_copy(update={"question": Question(step=Step(choice)), "asked": asked})
    return data


def _placed(data: DraftData, choice: str) -> DraftData:
    """Go to the shared place, or stay with the site on file."""
    far = data.far
    data = data.model_copy(update={"far": None})
    if far is None or choice == SITE:
        return data
    there = {"latitude": far.latitude, "longitude": far.longitude, "moved": True}
    address = far.place or f"{far.latitude:.5f},{far.longitude:.5f}"
    return put(data.model_copy(update=there), "answer", address=address)


def _with_plate(data: DraftData, at: int, choice: str, file: OnFile) -> DraftData:
    """Take the plate on file, or believe the speaker: then it is another vehicle than the one on file."""
    if choice == REGISTERED_PLATE:
        return put(data, "answer", plate=file.plates[fault_at(data, at).asset_id])
    own = [one for one, plate in file.plates.items() if plate_key(plate) == plate_key(data.plate)]
    fault = fault_at(data, at)
    other = {"asset_id": own[0] if own else "", "serial": "", "model": "", "candidates": ()}
    asked = (*data.asked, Question(step=Step.ASSET, fault=at).key)
    data = with_fault(data, at, {**other, "device": fault.device_type or fault.device})
    return data.model_copy(update={"asked": asked})


def unlike(data: DraftData, question: Question) -> DraftData:
    """Remember that a suggested work order is another matter."""
    suggested = fault_at(data, question.fault).suggestion
    if question.step is not Step.DUPLICATE or suggested is None:
        return data
    unlike = (*fault_at(data, question.fault).unlike, suggested.work_order_id)
    return with_fault(data, question.fault, {"unlike": unlike, "suggestion": None})


def fault_at(data: DraftData, at: int) -> FaultDraft:
    """Return one fault of a draft, or one of which nothing is known."""
    return data.faults[at] if at < len(data.faults) else FaultDraft()


def with_fault(data: DraftData, at: int, update: Mapping[str, Any]) -> DraftData:
    """Return the knowledge with one fault changed."""
    faults = list(data.faults) or [FaultDraft()]
    faults[at] = faults[at].model_copy(update=dict(update))
    return data.model_copy(update={"faults": tuple(faults)})
