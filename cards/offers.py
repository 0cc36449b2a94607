"""Small cards with one decision: a person to talk to, a superior's call, a late cancelling."""

from uuid import UUID

from cards.spec import Button, ButtonStyle, Card, CardAction, Tone
from cards.text import STATUS_LABEL
from cards.text_intake import (
    ANOTHER_FAULT,
    CONFIRM_CANCEL,
    CONFIRM_CANCEL_BODY,
    CONFIRM_CANCEL_TITLE,
    ESCALATION_BODY,
    ESCALATION_TITLE,
    FAQ,
    FAQ_TITLE,
    HUMAN,
    KEEP_ORDER,
    NO_SUPERIOR,
    NOT_MENDED,
    STILL_BROKEN_BODY,
    STILL_BROKEN_HINT,
    STILL_BROKEN_TITLE,
    SUPERIOR,
)
from cards.text_spoken import MACHINE_WORDS, MACHINES_HINT, MACHINES_TITLE
from domain.intake.views import EscalationView
from domain.kernel.messages import Message
from domain.workorder.status import Status

LABEL_CHARS = 10


class FaqView(Message):
    """A question that we cannot answer."""

    person_id: UUID


class LateCancelView(Message):
    """A work order whose technician is on the way, about to be cancelled."""

    work_order_id: UUID
    number: str
    version: int
    status: Status


class StillBrokenView(Message):
    """Work that waits for acceptance while its fault is told of again."""

    work_order_id: UUID
    number: str
    version: int
    fault: str


class MachineOption(Message):
    """One machine of the customer."""

    asset_id: UUID
    name: str
    serial: str


class MachinesView(Message):
    """A work order that may be about another machine than it was registered for."""

    work_order_id: UUID
    number: str
    version: int
    machines: tuple[MachineOption, ...]


def machines_card(view: MachinesView) -> Card:
    """Ask which machine of the customer is meant."""
    names = [one.name for one in view.machines]
    return Card(
        title=MACHINES_TITLE.format(number=view.number),
        tone=Tone.INFO,
        fields=tuple(
            (str(place), f"{one.name}（{one.serial}）") for place, one in enumerate(view.machines, 1)
        ),
        hint=MACHINES_HINT,
        buttons=tuple(
            Button(
                one.name
                if names.count(one.name) == 1 and len(one.name) <= LABEL_CHARS
                else one.serial[:LABEL_CHARS],
                CardAction("asset.is", view.work_order_id, view.version, one.asset_id.hex),
                MACHINE_WORDS.format(name=one.serial),
            )
            for one in view.machines
        ),
    )


def escalation_card(view: EscalationView) -> Card:
    """Offer a superior's call about a work order."""
    yes = CardAction("superior.yes", view.work_order_id, view.version)
    no = CardAction("superior.no", view.work_order_id, view.version)
    return Card(
        title=ESCALATION_TITLE,
        tone=Tone.WARNING,
        body=ESCALATION_BODY.format(number=view.number),
        buttons=(
            Button(SUPERIOR, yes, f"{SUPERIOR} {view.number}", ButtonStyle.PRIMARY),
            Button(NO_SUPERIOR, no, f"{NO_SUPERIOR}，谢谢"),
        ),
    )


def faq_card(view: FaqView) -> Card:
    """Say what we can do, with a person one tap away."""
    human = CardAction("human.call", view.person_id, 0)
    return Card(title=FAQ_TITLE, body=FAQ, buttons=(Button(HUMAN, human, HUMAN, ButtonStyle.PRIMARY),))


def late_cancel_card(view: LateCancelView) -> Card:
    """Ask once more before a technician is called back."""
    sure = CardAction("request.cancel", view.work_order_id, view.version)
    keep = CardAction("request.keep", view.work_order_id, view.version)
    return Card(
        title=CONFIRM_CANCEL_TITLE.format(number=view.number),
        status=STATUS_LABEL[view.status],
        tone=Tone.WARNING,
        body=CONFIRM_CANCEL_BODY.format(status=STATUS_LABEL[view.status]),
        buttons=(
            Button(CONFIRM_CANCEL, sure, f"{CONFIRM_CANCEL} {view.number}", ButtonStyle.DANGER),
            Button(KEEP_ORDER, keep, KEEP_ORDER),
        ),
    )


def still_broken_card(view: StillBrokenView) -> Card:
    """Ask whether the work was not done, or whether it is another fault."""
    reject = CardAction("back.reject", view.work_order_id, view.version)
    other = CardAction("back.other", view.work_order_id, view.version)
    return Card(
        title=STILL_BROKEN_TITLE,
        tone=Tone.WARNING,
        body=STILL_BROKEN_BODY.format(number=view.number, fault=view.fault),
        hint=STILL_BROKEN_HINT,
        buttons=(
            Button(NOT_MENDED, reject, NOT_MENDED, ButtonStyle.DANGER),
            Button(ANOTHER_FAULT, other, ANOTHER_FAULT),
        ),
    )
