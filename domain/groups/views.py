"""What a group may read of a message that was addressed to the robot: no mobile number, no address."""

from uuid import UUID

from domain.groups.outcome import Outcome
from domain.kernel.messages import Message


class GroupRequestView(Message):
    """One message as its card in the group shows it.

    Args:
        fault: what was said, cut to what a card shows.
        number: the work order it ended as or at, or is likely about.
        same_fault, same_running: what the likely one is about, and that it is not finished.
        technician: who shall have a look, where the message says so.
        linkable: numbers of open work orders it may belong to.
        reminded, at_desk: the group was reminded; the service desk was asked.
        lacks: what is not known, as values of `Step`.
        machines: the customer's own, id and name, while none is known.
        choosing, picking: the card shows those numbers, or those machines, now.
    """

    request_id: UUID
    version: int
    outcome: Outcome
    speaker: str
    fault: str
    customer: str = ""
    asset: str = ""
    device: str = ""
    priority: str = "P3"
    type: str = "repair"
    appointment: str = ""
    number: str = ""
    same_fault: str = ""
    same_running: bool = False
    technician: str = ""
    linkable: tuple[str, ...] = ()
    reminded: bool = False
    at_desk: bool = False
    lacks: tuple[str, ...] = ()
    machines: tuple[tuple[str, str], ...] = ()
    choosing: bool = False
    picking: bool = False
