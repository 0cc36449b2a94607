"""What an agent has told so far of somebody else's request, and whom it leads to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.caller_words import Caller, read_caller
from bot.ports import BotUnitOfWork
from domain.intake.rules import WITH_ABOUT
from domain.policies.finding import Found, find_anything
from domain.policies.reported_before import reported_before, told_of
from domain.policies.request_facts import RequestFacts, machine_in
from domain.workorder.model import WorkOrder

_ADDRESS = re.compile(
    r"(?=.*(?:[路街道镇乡村巷弄区园厦]|大楼|广场|地址))(?:地址|地点|位置)?[:：\s是在]*((?=.{4,80}$)[^，。！？!?]*"
    r"(?:[路街道镇乡村巷弄园区厦城场楼栋号室层](?:\s*\d+\s*[号弄栋幢楼层室])*))"
)
"""Words that are nothing but a place."""
_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z\u4e00-\u9fa5·-]{5,}")


@dataclass(frozen=True)
class Registration:
    """A request for somebody else, as far as it was told; kept as the data of a dialogue.

    Args:
        id: names it in the buttons of its card.
        caller: what was said.
        person_id, customer_id, asset_id: who and what was found, in hex; empty where nobody was.
        address: where to go, as it was said in words of its own.
        same_id: the work order that seems to be about the same fault, as the card shows it.
    """

    id: str
    caller: Caller
    person_id: str = ""
    customer_id: str = ""
    asset_id: str = ""
    same_id: str = ""
    address: str = ""

    def data(self) -> dict[str, Any]:
        """Return it as a dialogue keeps it."""
        found = {"person_id": self.person_id, "customer_id": self.customer_id, "asset_id": self.asset_id}
        return {
            "id": self.id,
            "caller": vars(self.caller),
            "same_id": self.same_id,
            "address": self.address,
            **found,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Registration":
        """Read what a dialogue kept."""
        return cls(**{**data, "caller": Caller(**data["caller"])})


def find_caller(caller: Caller, uow: BotUnitOfWork) -> Found | None:
    """Return who and what the caller's number, else the machine or the customer they name, leads to.

    Raises:
        SeveralCustomers: the name is not enough.
    """
    found = find_anything(caller.mobile, uow) if caller.mobile else None
    if found is not None or not (caller.subject or caller.mobile):
        return found
    if caller.subject and (found := find_anything(caller.subject, uow)) is not None:
        return found
    machine = machine_in(caller.fault, uow)
    return Found(customer=uow.customers.get(machine.customer_id), asset=machine) if machine else None


def with_found(told: Registration, found: Found | None, uow: BotUnitOfWork) -> Registration:
    """Return the registration with who was found; a firm without a caller's number stands for its contact."""
    if found is None:
        return told
    person = found.person
    if person is None and found.customer is not None and not told.caller.mobile:
        person = next(iter(uow.histories.contacts(found.customer.id, 1)), None)
    return replace(
        told,
        person_id=person.id.hex if person else told.person_id,
        customer_id=found.customer.id.hex if found.customer else told.customer_id,
        asset_id=found.asset.id.hex if found.asset else told.asset_id,
    )


def same_order(
    told: Registration, facts: RequestFacts, at: datetime, window_h: int, uow: BotUnitOfWork
) -> WorkOrder | None:
    """Return the work order that is likely about the same fault, open or finished a short while ago."""
    if not told.caller.fault or (told.caller.type or facts.type) in WITH_ABOUT:
        return None
    person_id = UUID(told.person_id) if told.person_id else None
    mobile = told.caller.mobile or facts.details.mobile
    report = told_of(
        told.caller.fault,
        facts.details.model_copy(update={"mobile": mobile}),
        customer_id=facts.customer_id,
        person_id=person_id,
        asset_id=facts.asset_id,
        at=at,
        uow=uow,
    )
    found = reported_before(
        report, customer_id=facts.customer_id, person_id=person_id, window_h=window_h, uow=uow
    )
    return next(found, None)


def merged(told: Registration, text: str) -> Registration:
    """Return the registration with what was said since.

    A correction replaces, words about the fault add up.
    """
    before = told.caller
    if before.fault and (found := _ADDRESS.fullmatch(text.strip())):
        return replace(told, address=found[1])
    said = read_caller(text)
    # Without a caller so far, the first word may name one; afterwards every word is about the fault.
    settled = bool(before.mobile or told.person_id)
    fault = " ".join(part for part in (said.subject, said.fault) if part) if settled else said.fault
    caller = Caller(
        mobile=said.mobile or before.mobile,
        name=said.name or before.name,
        type=said.type or before.type,
        subject=before.subject if settled else said.subject or before.subject,
        fault="，".join(part for part in (before.fault, fault) if part),
    )
    fresh = bool(said.mobile and said.mobile != before.mobile)
    kept = replace(told, caller=caller)
    return replace(kept, person_id="", customer_id="") if fresh else kept


def unknown_subject(told: Registration, found: Found | None) -> str:
    """Return the plate or serial that was said and belongs to nobody, or nothing."""
    subject = told.caller.subject
    return subject if found is None and _CODE.search(subject) else ""


def subject_is_fault(caller: Caller) -> Caller:
    """Return the caller with a first word that named nobody as part of the fault."""
    return replace(caller, subject="", fault=f"{caller.subject} {caller.fault}".strip())
