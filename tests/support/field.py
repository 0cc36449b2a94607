"""A work order that is under way, without the words that led there; and pictures from the field."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from domain.assets.model import Asset, AssetKind
from domain.kernel.messages import Cause, Command
from domain.registry import make_bus
from domain.workorder.commands import AcceptWorkOrder, OfferWorkOrder, RegisterWorkOrder
from domain.workorder.details import RequestDetails
from domain.workorder.field_commands import ArriveOnSite, DepartForSite, StartWork
from domain.workorder.model import WorkOrder
from tests.support.actors import Member, User, Visitor
from tests.support.loop import Loop

SITE = (31.200000, 121.600000)
ACCEPTED, EN_ROUTE, ON_SITE, IN_PROGRESS = range(4)
"""How far `under_way` brings a work order."""
_STEPS = (DepartForSite, ArriveOnSite, StartWork)
_TECHNICIAN = {"li": "李强", "wang": "王芳", "sun": "孙浩"}
_CUSTOMER = {"chen": "陈静", "lin": "林涛"}
_CHECKLIST = [
    {"key": "cools", "label": "制冷正常", "photo": False, "required": True},
    {"key": "seal", "label": "门封检查", "photo": True, "required": True},
    {"key": "noise", "label": "噪音", "photo": False, "required": False},
]


def under_way(
    loop: Loop, technician: str = "li", customer: str = "chen", far: int = IN_PROGRESS, **facts: Any
) -> str:
    """Register a work order, let the technician accept it and take steps, and return its number."""
    who = loop.person(_TECHNICIAN[technician]).id
    requester = loop.person(_CUSTOMER[customer])
    if customer == "chen":
        loop.chen.says("你好")  # Who never spoke cannot be told anything.
        loop.settle()
    order_id = uuid4()
    does(
        loop,
        RegisterWorkOrder(
            work_order_id=order_id,
            requester_id=requester.id,
            customer_id=requester.customer_id,
            description="3号冷库机组不制冷了",
            origin=_origin(loop, customer),
            source_key=f"test:{order_id}",
            details=RequestDetails(latitude=SITE[0], longitude=SITE[1]),
            **_cause(loop, requester.id),
            **facts,
        ),
        OfferWorkOrder(
            work_order_id=order_id,
            technician_id=who,
            expires_at=loop.clock.now(),
            reason="测试",
            **_cause(loop, loop.person("赵敏").id),
        ),
        AcceptWorkOrder(work_order_id=order_id, **_cause(loop, who)),
        *(step(work_order_id=order_id, **_cause(loop, who)) for step in _STEPS[:far]),
    )
    loop.settle()
    if customer == "chen":
        loop.chen.says("谢谢")  # Five messages are all that follow one of hers.
        loop.settle()
    return order_of(loop, order_id).number


def does(loop: Loop, *commands: Command) -> None:
    """Let the product handle commands in one transaction."""
    with loop.product.open_uow(now=loop.clock.now(), channel="test", correlation_id="test") as uow:
        for command in commands:
            make_bus().handle(command, uow)
        uow.commit()


def order_of(loop: Loop, order: UUID | str) -> WorkOrder:
    """Return a work order by its id or number as it is now."""
    return next(one for one in loop.orders() if order in (one.id, one.number))


def give_checklist(loop: Loop) -> UUID:
    """Let Chen's freezer be of a kind with a checklist, and return the freezer's id."""
    with loop.database.write() as session, session.begin():
        session.add(AssetKind(code="freezer", name="冷库机组", checklist=_CHECKLIST))
        session.flush()
        freezer = session.execute(select(Asset)).scalar_one()
        freezer.kind_code = "freezer"
        return freezer.id


def sends_picture(loop: Loop, technician: str, data: bytes) -> None:
    """Let a technician send a picture in their private chat."""
    if technician == "sun":
        loop.wecom.member_sends_image("sun", data)
    else:
        loop.dingtalk.user_sends_picture(technician, data)


def technician(loop: Loop, name: str) -> User | Member:
    """Return a technician's chat."""
    found: User | Member = getattr(loop, name)
    return found


def customer(loop: Loop, name: str) -> Visitor | Member:
    """Return a customer's chat."""
    found: Visitor | Member = getattr(loop, name)
    return found


def _origin(loop: Loop, customer: str) -> str:
    if customer == "chen":
        return f"wecom_kf:{loop.wecom.kf_open_kfid}:{loop.chen.userid}"
    return "wecom_user:lin"


def _cause(loop: Loop, actor_id: UUID) -> Cause:
    return Cause(actor_id=str(actor_id), issued_at=loop.clock.now(), idempotency_key=str(uuid4()))
