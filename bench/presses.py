"""A pressed card through the vendor's stream SDK: how long from the frame to its acknowledgement."""

import time
from collections.abc import Callable, Sequence
from uuid import uuid4

from pydantic import SecretStr
from sqlalchemy import func, select

from adapters.clock import utc_now
from adapters.storage.engine import Database
from adapters.storage.tables import OutboxRow
from bench import corp, databases
from bench.databases import NewDatabase
from bench.load import percentile
from bootstrap.settings import DingtalkSettings, load_settings
from bootstrap.wiring import Product
from domain.people.model import Identity
from domain.registry import make_bus
from domain.workorder.commands import RegisterWorkOrder
from domain.workorder.model import WorkOrder
from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.journal import Journal
from sandbox.dingtalk import DingtalkSandbox

WARM_UP = 10
READY_S = 180.0


def measure(database: str, new: NewDatabase, *, presses: int) -> None:
    """Register work orders, let technicians be asked, and measure each acceptance by press."""
    print(f"\n== Card press through the DingTalk SDK on {database}")
    url = databases.prepared(new("presses"))
    sandbox = _sandbox()
    product = _product(url, sandbox)
    stream = product.stream()
    assert stream is not None
    stream.start()
    try:
        sandbox.wait_connected(READY_S)
        offered = _offer(product, presses + WARM_UP)
        results = [sandbox.user_presses(user, "接单", contains=number) for number, user in offered]
        accepted = _count(product.database, "accepted")
    finally:
        stream.stop()
        sandbox.stop()
        product.database.close()
    waits = [result.latency_s * 1000 for result in results[WARM_UP:]]
    shown = sum(result.code == 200 and bool(result.response) for result in results)
    print(
        f"   frame to ack: p50 {percentile(waits, 50):.1f} ms, p99 {percentile(waits, 99):.1f} ms, "
        f"worst {max(waits):.1f} ms over {len(waits)} presses"
    )
    print(f"   {len(results)} presses, {shown} answered with the fresh card, {accepted} orders accepted")


def _sandbox() -> DingtalkSandbox:
    clock = SandboxClock()
    sandbox = DingtalkSandbox(clock, Journal(clock), Faults())
    for number in range(corp.MEMBERS):
        sandbox.add_user(corp.member(number), corp.member(number))
    for number in range(corp.TECHNICIANS):
        sandbox.add_user(corp.technician(number), corp.technician(number))
    sandbox.start()
    return sandbox


def _product(url: str, sandbox: DingtalkSandbox) -> Product:
    dingtalk = DingtalkSettings(
        client_id=sandbox.client_id,
        client_secret=SecretStr(sandbox.client_secret),
        card_template_id=sandbox.card_template_id,
        api_base=sandbox.api_base,
        oapi_base=sandbox.oapi_base,
        group_conversation_id=sandbox.add_group("售后调度群", [corp.technician(0)]),
    )
    settings = load_settings(database_url=url, offer_timeout_s=86400, wecom=None, dingtalk=dingtalk)
    return Product(settings)


def _offer(product: Product, orders: int) -> Sequence[tuple[str, str]]:
    """Bring orders all the way to their technicians' cards; return each number with who may accept."""
    stop_background = product.start_background()
    try:
        for number in range(orders):
            _register(product, number)
        _wait(lambda: _count(product.database, "offered") == orders, "every order is offered")
        _wait(lambda: not _pending(product.database), "every card is shown")
    finally:
        stop_background()
    query = (
        select(WorkOrder.number, Identity.user_id)
        .join(Identity, Identity.person_id == WorkOrder.assignee_id)
        .where(WorkOrder.status == "offered")
    )
    with product.database.read() as session:
        return [(number, user) for number, user in session.execute(query)]


def _register(product: Product, number: int) -> None:
    member = corp.record_id(f"person:{corp.member(number)}")
    command = RegisterWorkOrder(
        work_order_id=uuid4(),
        requester_id=member,
        customer_id=corp.record_id(f"customer:{number % corp.MEMBERS}"),
        description=f"{number}号注塑机漏油，停机等待维修",
        origin=f"dingtalk_user:{corp.member(number)}",
        source_key=f"bench:{number}",
        actor_id=str(member),
        issued_at=utc_now(),
        idempotency_key=f"bench:{number}",
    )
    with product.open_uow(now=command.issued_at, channel="bench", correlation_id="bench") as uow:
        make_bus().handle(command, uow)
        uow.commit()


def _count(database: Database, status: str) -> int:
    with database.read() as session:
        query = select(func.count()).select_from(WorkOrder).where(WorkOrder.status == status)
        return session.execute(query).scalar_one()


def _pending(database: Database) -> int:
    with database.read() as session:
        query = select(func.count()).select_from(OutboxRow).where(OutboxRow.state == "pending")
        return session.execute(query).scalar_one()


def _wait(look: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + READY_S
    while not look():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not seen within {READY_S:g} s: {what}")
        time.sleep(0.1)
