"""A work order at the end of its loop, and the people who bring it to its close."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from domain.kernel.messages import Cause, Command
from domain.people.model import Person, PersonRole, Role
from domain.registry import make_bus
from domain.workorder.commands import AcceptWorkOrder, OfferWorkOrder
from domain.workorder.field_commands import AmendReport, ArriveOnSite, CompleteWork, DepartForSite, StartWork
from domain.workorder.report import ServiceReport
from tests.support import cast
from tests.support.actors import Member, User, Visitor
from tests.support.loop import Loop

REPORT = ServiceReport(cause="启动电容击穿", remedy="更换启动电容", hours=Decimal("1.5"))
STEP_S = 600
"""How long each of the technician's steps takes."""
Staff = User | Member


@dataclass
class Ending:
    """One work order with a customer at one door and staff on one platform."""

    loop: Loop
    customer: Visitor | Member
    technician: Staff
    agent: Staff
    finance: Staff
    number: str

    def taps(self, label: str) -> None:
        """Let the customer choose what a card or a menu offers."""
        self.customer.card(label)
        if isinstance(self.customer, Visitor):
            self.customer.taps(label)
        else:
            self.customer.presses(label)
        self.loop.settle()

    def says(self, text: str) -> None:
        """Let the customer write."""
        self.customer.says(text)
        self.loop.settle()

    def completes(self, **changes: Any) -> None:
        """Let the technician do every step that is left."""
        steps = (DepartForSite, ArriveOnSite, StartWork)
        name = "李强" if isinstance(self.technician, User) else "孙浩"
        for step in steps:
            self.loop.advance(STEP_S)
            decide(self.loop, step(work_order_id=self.order_id, **by(self.loop, name)))
        self.loop.advance(STEP_S)
        report = REPORT.model_copy(update=changes)
        decide(self.loop, CompleteWork(work_order_id=self.order_id, report=report, **by(self.loop, name)))
        self.loop.settle()

    def amends(self, remedy: str) -> None:
        """Let the technician correct the report."""
        name = "李强" if isinstance(self.technician, User) else "孙浩"
        report = REPORT.model_copy(update={"remedy": remedy})
        decide(self.loop, AmendReport(work_order_id=self.order_id, report=report, **by(self.loop, name)))
        self.loop.settle()

    @property
    def order_id(self) -> UUID:
        """Return the work order."""
        return self.loop.only_order().id

    def becomes(self, status: str) -> None:
        """Wait until the work order has a status, and nothing is on its way."""
        self.loop.order_becomes(status)
        self.loop.settle()


def begin(loop: Loop, door: str, platform: str) -> Ending:
    """Let a customer report at a door and a technician of a platform accept."""
    customer: Visitor | Member = loop.chen if door == "kf" else loop.lin
    technician: Staff = loop.li if platform == "dingtalk" else loop.sun
    send_home(loop, Role.AGENT)
    agent, finance = hire(loop, "吴兰", Role.AGENT, platform), hire(loop, "郑会", Role.FINANCE, platform)
    number = customer.reports()
    loop.settle()
    name = "李强" if platform == "dingtalk" else "孙浩"
    order = loop.only_order()
    offer = OfferWorkOrder(
        work_order_id=order.id,
        technician_id=loop.person(name).id,
        expires_at=loop.clock.now() + timedelta(minutes=10),
        reason="赵敏 指定",
        **by(loop, "赵敏"),
    )
    decide(loop, offer, AcceptWorkOrder(work_order_id=order.id, **by(loop, name)))
    loop.settle()
    return Ending(loop, customer, technician, agent, finance, number)


def hire(loop: Loop, name: str, role: Role, platform: str, userid: str = "") -> Staff:
    """Let somebody join who does what nobody in the cast does on this platform."""
    mobile = f"1370001{list(Role).index(role) + 100 * len(userid):04d}"
    userid = userid or f"x{role.value}"
    with loop.database.write() as session, session.begin():
        person = Person(id=uuid4(), name=name, mobile=mobile, region="", skills=[], active=True)
        person.created_at = loop.clock.now()
        person.give_roles(frozenset({role}))
        person.identities = [cast.identity(platform, userid, loop.clock.now())]
        session.add(person)
    if platform == "dingtalk":
        loop.dingtalk.add_user(userid, name, mobile)
        return User(loop.dingtalk, loop.journal, userid)
    loop.wecom.add_member(userid, name, mobile)
    return Member(loop.wecom, userid)


def send_home(loop: Loop, role: Role) -> None:
    """Let nobody of the cast do this, so that it is plain who is asked."""
    with loop.database.write() as session, session.begin():
        whose = select(PersonRole.person_id).where(PersonRole.role == role.value)
        session.execute(update(Person).where(Person.id.in_(whose)).values(active=False))


def by(loop: Loop, name: str) -> Cause:
    """Return the fields of a command of somebody."""
    return Cause(
        actor_id=str(loop.person(name).id), issued_at=loop.clock.now(), idempotency_key=f"test:{uuid4()}"
    )


def decide(loop: Loop, *commands: Command) -> None:
    """Decide commands, each in a transaction of its own."""
    for command in commands:
        with loop.product.open_uow(now=loop.clock.now(), channel="test", correlation_id="c") as uow:
            make_bus().handle(command, uow)
            uow.commit()
