"""What is known of a request beyond the words: one typed value, kept as JSON on the work order."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Message


class Priority(StrEnum):
    """How urgent a work order is: P1 is danger or a standstill, P4 can wait."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class OrderType(StrEnum):
    """What kind of work it is; each has its own form and process."""

    REPAIR = "repair"
    COMPLAINT = "complaint"
    ENQUIRY = "enquiry"
    MAINTENANCE = "maintenance"
    INSTALLATION = "installation"
    INSPECTION = "inspection"
    RETURN = "return"
    CLAIM = "claim"
    PARTS = "parts"
    TRACE = "trace"


TYPE_LABEL: Mapping[str, str] = {
    OrderType.REPAIR: "报修",
    OrderType.COMPLAINT: "投诉",
    OrderType.ENQUIRY: "咨询",
    OrderType.MAINTENANCE: "保养",
    OrderType.INSTALLATION: "安装",
    OrderType.INSPECTION: "巡检",
    OrderType.RETURN: "退换货",
    OrderType.CLAIM: "理赔",
    OrderType.PARTS: "备件",
    OrderType.TRACE: "追溯",
}
"""What people call it, on cards and in rules."""


class HoldReason(StrEnum):
    """What a held work order waits for."""

    CUSTOMER = "customer"
    PART = "part"
    APPROVAL = "approval"
    THIRD_PARTY = "third_party"


class Payer(StrEnum):
    """Who pays for a work order."""

    CUSTOMER = "customer"
    CONTRACT = "contract"
    WARRANTY = "warranty"
    GOODWILL = "goodwill"


class RequestDetails(Message):
    """The facts of a request.

    Args:
        source: how it came to us: `chat`, `group`, `agent` (registered for somebody else), `api` or
            `page` (the code on the machine).
        contact_name: whom to ask for, when it is not the requester.
        latitude, longitude: of the site, in degrees.
        estimated_min: how long the work is expected to take.
        about_number: the work order that a complaint is about.
        original_refs: the platform's message ids the request was made of.
    """

    source: str = "chat"
    contact_name: str = ""
    mobile: str = ""
    address: str = ""
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    device: str = ""
    device_type: str = ""
    model: str = ""
    serial: str = ""
    symptoms: tuple[str, ...] = ()
    fault_code: str = ""
    plate: str = ""
    waybills: tuple[str, ...] = ()
    appointment_from: AwareDatetime | None = None
    appointment_to: AwareDatetime | None = None
    angry: bool = False
    estimated_min: int | None = Field(default=None, ge=0)
    about_number: str = ""
    original_refs: tuple[str, ...] = ()
