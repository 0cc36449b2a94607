"""One customer at a door and one of every kind of staff on a platform."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from adapters.delivery.budget import RATES
from adapters.storage.tables import SendBudgetRow
from domain.assets.model import Customer
from domain.people.model import Person, Role
from domain.workorder.commands import AcceptWorkOrder, OfferWorkOrder
from domain.workorder.field_commands import ArriveOnSite, CompleteWork, DepartForSite, StartWork
from domain.workorder.model import WorkOrder
from tests.support.actors import Member, User, Visitor
from tests.support.closing import REPORT, Staff, by, decide, hire, send_home
from tests.support.desk import order_numbered
from tests.support.intake import colleague
from tests.support.loop import Loop

ACCEPTED, EN_ROUTE, ON_SITE, IN_PROGRESS, COMPLETED = range(5)
"""How far `Crew.order` brings a work order."""
FULL = float(max(rate.burst for rate in RATES.values()))
_STEPS = (DepartForSite, ArriveOnSite, StartWork)
FAULTS = ("3号冷库机组不制冷了", "制冰机一直漏水", "空压机启动不了", "包装机一直报警")


@dataclass
class Crew:
    """The five roles: who says and presses what, with the names of the technicians."""

    loop: Loop
    customer: Visitor | Member | User
    agent: Staff
    dispatcher: Staff
    manager: Staff
    technician: Staff
    other: Staff
    names: tuple[str, str]

    @property
    def customers_mobile(self) -> str:
        """Return the number that the customer calls from."""
        by_chat = {self.loop.chen.userid: "陈静", self.loop.lin.userid: "林涛"}
        return self.loop.person(by_chat.get(self.customer.userid, "沈客户")).mobile

    def colleague(self) -> Visitor | Member:
        """Return one more customer of the same firm, at the same door where that is not DingTalk."""
        if isinstance(self.customer, Visitor):
            return colleague(self.loop, "何洁二")
        if isinstance(self.customer, User):
            return self.loop.chen
        made = _customer(self.loop, "wecom", "C002")
        assert isinstance(made, Member)
        return made

    def order(self, far: int = ACCEPTED, fault: str = FAULTS[0]) -> str:
        """Let the customer report and the technician go so far; return the number."""
        number = self.customer.reports(fault)
        self.loop.settle()
        order_id, name = self.find(number).id, self.names[0]
        offer = OfferWorkOrder(
            work_order_id=order_id,
            technician_id=self.loop.person(name).id,
            expires_at=self.loop.clock.now() + timedelta(minutes=10),
            reason="测试",
            **by(self.loop, "赵敏"),
        )
        decide(self.loop, offer, AcceptWorkOrder(work_order_id=order_id, **by(self.loop, name)))
        self.goes_on(order_id, far)
        self.loop.settle()
        return number

    def goes_on(self, order_id: UUID, far: int, begin: int = ACCEPTED) -> None:
        """Let the technician take steps."""
        name = self.names[0]
        for step in _STEPS[begin:far]:
            decide(self.loop, step(work_order_id=order_id, **by(self.loop, name)))
        if far == COMPLETED:
            decide(self.loop, CompleteWork(work_order_id=order_id, report=REPORT, **by(self.loop, name)))
        self.loop.settle()

    def find(self, number: str) -> WorkOrder:
        """Return a work order as it is now."""
        return order_numbered(self.loop, number)

    def becomes(self, number: str, status: str) -> None:
        """Check where a work order stands once everything is settled."""
        self.loop.settle()
        assert self.find(number).status == status, self.loop.refusals()

    def _a_minute_passes(self) -> None:
        """Fill everybody's send budget: a day's talk takes these people seconds."""
        self.loop.change(SendBudgetRow, tokens=FULL)

    def presses(self, who: Any, label: str, *words: str) -> str:
        """Let somebody press a button of a card that holds the words, and return what the card says."""
        self._a_minute_passes()
        card = who.card(label, *words)
        if isinstance(who, Visitor):
            who.taps(label)
        else:
            who.presses(label)
        self.loop.settle()
        return str(card.text)

    def says(self, who: Any, text: str, *answer: str) -> str:
        """Let somebody write, and return the answer that holds the words."""
        self._a_minute_passes()
        before = len(who.told(*answer))
        who.says(text)
        heard = who.hears(*answer, times=before + 1)
        self.loop.settle()
        return str(heard)


def gather(loop: Loop, door: str, platform: str) -> Crew:
    """Let one of every role be there; who is missing on the platform is hired."""
    doors: dict[str, Visitor | Member] = {"kf": loop.chen, "app": loop.lin}
    customer = doors.get(door) or _customer(loop, "dingtalk", "C001")
    if platform == "dingtalk":
        manager = hire(loop, "冯主管", Role.MANAGER, platform)
        return Crew(loop, customer, loop.wu, loop.zhao, manager, loop.li, loop.wang, ("李强", "王芳"))
    send_home(loop, Role.AGENT)
    agent = hire(loop, "吴兰", Role.AGENT, platform)
    dispatcher = hire(loop, "卫调度", Role.DISPATCHER, platform)
    other = hire(loop, "韩技师", Role.TECHNICIAN, platform)
    return Crew(loop, customer, agent, dispatcher, loop.zheng, loop.sun, other, ("孙浩", "韩技师"))


def _customer(loop: Loop, platform: str, firm_code: str) -> Staff:
    made = hire(loop, "沈客户", Role.CUSTOMER, platform)
    with loop.database.write() as session, session.begin():
        firm = session.execute(select(Customer.id).where(Customer.code == firm_code)).scalar_one()
        session.execute(update(Person).where(Person.name == "沈客户").values(customer_id=firm))
    return made
