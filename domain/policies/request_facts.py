"""What a request in somebody else's name says: facts for the work order, read from free words."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.assets.model import Asset
from domain.intake.understanding import Guess, Intent, KnownThing, Understander, Understanding
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.details import OrderType, Priority, RequestDetails

KNOWN_LIMIT = 300
"""Machines of one customer that words are compared with."""
CODES_TRIED = 6
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/-]{3,}[A-Za-z0-9]")
_PLATE = re.compile(r"[\u4e00-\u9fa5][A-HJ-NP-Z][·.\s]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]")
_TYPE_OF = {
    Intent.COMPLAINT: OrderType.COMPLAINT,
    Intent.CLAIM: OrderType.CLAIM,
    Intent.ASK_FAQ: OrderType.ENQUIRY,
}
FAULTS = frozenset({Intent.REPORT_FAULT, Intent.COMPLAINT, Intent.CLAIM})


@dataclass(frozen=True)
class RequestFacts:
    """One request as it was understood.

    Args:
        sounds_like_fault: somebody wants something mended or made good.
    """

    asset_id: UUID | None
    customer_id: UUID | None
    details: RequestDetails
    priority: Priority
    type: OrderType
    sounds_like_fault: bool


def machine_in(text: str, uow: EveryUnitOfWork) -> Asset | None:
    """Return the machine whose plate or serial stands in the words, or None."""
    plain = unicodedata.normalize("NFKC", text)
    for plate in _PLATE.findall(plain.upper()):
        if (found := uow.assets.by_plate(plate)) is not None:
            return found
    for code in _CODE.findall(plain)[:CODES_TRIED]:
        if (found := uow.assets.with_serial(code)) is not None:
            return found
    return None


def read_facts(
    text: str,
    *,
    at: datetime,
    customer_id: UUID | None,
    understander: Understander,
    uow: EveryUnitOfWork,
    by_staff: bool = True,
) -> RequestFacts:
    """Return what the words say; a machine's owner is only taken where no customer is given.

    Args:
        customer_id: whose request it is; a machine of anybody else's is not touched.
        by_staff: our own people may name any machine; a customer's serial must reveal nobody's.
    """
    asset = machine_in(text, uow)
    anybodys = by_staff and customer_id is None
    if asset is not None and not anybodys and asset.customer_id != customer_id:
        asset = None
    owner = customer_id or (asset.customer_id if asset is not None else None)
    read = understander.understand(text, at=at, known=_known(owner, uow))
    meant = next((fault.asset_id for fault in read.faults if fault.asset_id), "")
    asset_id = asset.id if asset is not None else (UUID(meant) if meant else None)
    return RequestFacts(
        asset_id=asset_id,
        customer_id=owner,
        details=_details(read),
        priority=Priority(read.urgency.value) if read.urgency else Priority.P3,
        type=_TYPE_OF.get(read.intent, OrderType.REPAIR),
        sounds_like_fault=read.intent in FAULTS
        and (bool(read.faults) or read.intent is not Intent.REPORT_FAULT),
    )


def without_address(fault: str, address: str) -> str:
    """Return the words about a fault without the address that was read out of them."""
    rest = fault.replace(address, " ").strip(" ，,。;；:：、") if address else fault
    rest = re.sub(r"[ ，,]*(?:维修|上门)?(?:地址|位置|地点)(?:是|在|[:：])?[ ]*$", "", rest)
    return re.sub(r" {2,}", " ", rest) or fault


def _known(customer_id: UUID | None, uow: EveryUnitOfWork) -> tuple[KnownThing, ...]:
    if customer_id is None:
        return ()
    return tuple(
        KnownThing(
            asset_id=str(one.asset_id),
            names=one.names,
            device_type=one.device_type,
            model=one.model,
            serial=one.serial,
        )
        for one in uow.assets.known_assets(customer_id, KNOWN_LIMIT)
    )


def _details(read: Understanding) -> RequestDetails:
    first = read.faults[0] if read.faults else None
    return RequestDetails(
        mobile=_mobile(read.phone),
        address=_value(read.address),
        device=_value(first.device) if first else "",
        device_type=_value(first.device_type) if first else "",
        model=_value(first.model) if first else "",
        serial=_value(first.serial) if first else "",
        symptoms=tuple(guess.value for fault in read.faults for guess in fault.symptoms),
        fault_code=_value(first.fault_code) if first else "",
        plate=_value(read.plate),
        waybills=tuple(guess.value for guess in read.waybills),
        appointment_from=read.appointment.from_at if read.appointment else None,
        appointment_to=read.appointment.to_at if read.appointment else None,
        angry=read.angry >= 0.5,
    )


def _value(guess: Guess | None) -> str:
    return guess.value if guess is not None else ""


def _mobile(guess: Guess | None) -> str:
    said = _value(guess)
    return said if re.fullmatch(r"1[3-9]\d{9}", said) else ""
