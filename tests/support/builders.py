"""The people, records and messages that tests talk about."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from adapters.delivery.store import Owed
from adapters.inbound import Content, Inbound, Platform, Sender, TextContent
from domain.assets.model import Asset, Customer
from domain.kernel.messages import Cause
from domain.kernel.notices import Notice
from domain.people.model import Identity, Person, Role
from domain.workorder.model import WorkOrder
from domain.workorder.status import DONE, UNASSIGNED, Status

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=10)

LI, WANG, ZHAO, QIAN, CHEN = (UUID(int=number) for number in range(1, 6))
PHARMA = UUID(int=100)
FREEZER = UUID(int=200)
ORDER = UUID(int=300)
NUMBER = "WO-20261124-0001"
KFID = "wkAbCdEf"
CHEN_ID = "wmChen"
CHEN_CHAT = f"wecom_kf:{KFID}:{CHEN_ID}"

MOBILE = {
    LI: "13800000001",
    WANG: "13800000002",
    ZHAO: "13800000003",
    QIAN: "13800000004",
    CHEN: "13900000005",
}
_PEOPLE: dict[UUID, tuple[str, Role, str, tuple[tuple[str, str], ...]]] = {
    LI: ("李强", Role.TECHNICIAN, "浦东", (("dingtalk", "li"), ("wecom", "Li.Tech"))),
    WANG: ("王芳", Role.TECHNICIAN, "浦西", (("dingtalk", "wang"),)),
    ZHAO: ("赵敏", Role.DISPATCHER, "", (("dingtalk", "zhao"),)),
    QIAN: ("钱进", Role.FINANCE, "", (("dingtalk", "qian"),)),
    CHEN: ("陈静", Role.CUSTOMER, "浦东", (("wecom_external", CHEN_ID),)),
}
NAME = {person_id: facts[0] for person_id, facts in _PEOPLE.items()}
ADDRESS = "张江路 88 号"


def person(person_id: UUID) -> Person:
    """Return Li, Wang, Zhao, Qian or Chen with the one role each has."""
    name, role, region, identities = _PEOPLE[person_id]
    made = Person(
        id=person_id,
        name=name,
        mobile=MOBILE[person_id],
        region=region,
        skills=[],
        customer_id=PHARMA if role is Role.CUSTOMER else None,
        active=True,
        created_at=AT,
    )
    made.give_roles(frozenset({role}))
    made.identities = [
        Identity(id=UUID(int=person_id.int * 1000 + at), platform=platform, user_id=user_id, bound_at=AT)
        for at, (platform, user_id) in enumerate(identities)
    ]
    return made


def everybody() -> list[Person]:
    """Return the five people."""
    return [person(person_id) for person_id in _PEOPLE]


def customer() -> Customer:
    """Return the firm that Chen works for."""
    return Customer(
        id=PHARMA,
        code="C001",
        name="华东制药",
        level="A",
        region="浦东",
        address=ADDRESS,
        created_at=AT,
    )


def asset() -> Asset:
    """Return the firm's freezer."""
    return Asset(
        id=FREEZER, serial="LK-9001", name="冷库机组", model="X1", customer_id=PHARMA, site="", batch=""
    )


def work_order(status: Status = Status.OFFERED, assignee: UUID | None = LI, **changes: Any) -> WorkOrder:
    """Return Chen's work order in any status; only where somebody is asked or works on it is an assignee."""
    values: dict[str, Any] = {
        "id": ORDER,
        "number": NUMBER,
        "type": "repair",
        "status": status.value,
        "version": 3,
        "customer_id": PHARMA,
        "asset_id": FREEZER,
        "requester_id": CHEN,
        "assignee_id": None if status in (*UNASSIGNED, Status.CANCELLED) else assignee,
        "description": "3 号冷库机组不制冷了",
        "region": "浦东",
        "origin": CHEN_CHAT,
        "source_key": "wecom_kf:msg-1",
        "created_at": AT,
        "status_since": AT,
        "offer_expires_at": LATER if status is Status.OFFERED else None,
        "next_due_at": AT if status in (*UNASSIGNED, Status.OFFERED) else None,
        "priority": "P3",
        "details": {},
        "awaiting": "",
        "has_parts": False,
        "held_from": Status.IN_PROGRESS.value if status is Status.ON_HOLD else "",
        "hold_reason": "part" if status is Status.ON_HOLD else "",
        "report_version": 1 if status in (*DONE, Status.CLOSED) else 0,
        "rejections": 0,
        "reopenings": 0,
        "reporter_count": 1,
        "desk_asked": False,
        "candidates": [],
        "payer": "",
    }
    return WorkOrder(**(values | changes))


def cause(actor_id: UUID | str = ZHAO, at: datetime = AT, key: str = "delivery-1") -> Cause:
    """Return the fields every command has."""
    return Cause(actor_id=str(actor_id), issued_at=at, idempotency_key=key)


def inbound(
    text: str = "3 号冷库机组不制冷了",
    *,
    key: str = "msg-1",
    sender: str = CHEN_ID,
    content: Content | None = None,
    history: bool = False,
) -> Inbound:
    """Return something a WeChat visitor said."""
    return Inbound(
        channel="wecom_kf",
        delivery_key=key,
        sender=Sender(platform=Platform.WECOM_EXTERNAL, user_id=sender),
        conversation=f"wecom_kf:{KFID}:{sender}",
        sent_at=AT,
        content=content or TextContent(text=text),
        history=history,
    )


def notice(
    key: str = "n-1",
    *,
    audience: str = "person:" + str(LI),
    card: str = "note",
    view: Mapping[str, object] | None = None,
    **changes: Any,
) -> Notice:
    """Return something owed to Li."""
    return Notice(audience=audience, card=card, view=dict(view or {"text": key}), dedupe_key=key, **changes)


def owed(seq: int = 1, **changes: Any) -> Owed:
    """Return one outbox row for Li, not yet tried."""
    values: dict[str, Any] = {
        "seq": seq,
        "message_key": f"m{seq}",
        "audience": f"person:{LI}",
        "card": "note",
        "view": {"text": "您好"},
        "subject_id": None,
        "living": False,
        "anew": False,
        "rung": 0,
        "attempts": 0,
        "expires_at": None,
        "correlation_id": "c-1",
    }
    return Owed(**(values | changes))
