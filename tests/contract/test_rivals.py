"""Two people at one work order in the same moment, with real threads: one wins, the other is told why."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from adapters.storage.engine import Database
from domain.kernel.errors import ConcurrentUpdate, DomainError
from domain.kernel.messages import Command
from domain.kernel.races import RACES
from domain.registry import make_bus
from domain.workorder.closing_commands import RejectWork, SettleWorkOrder, SignOffWork
from domain.workorder.commands import (
    AcceptWorkOrder,
    CancelWorkOrder,
    OfferWorkOrder,
    ReassignWorkOrder,
    RegisterWorkOrder,
)
from domain.workorder.details import HoldReason, Payer
from domain.workorder.field_commands import (
    ArriveOnSite,
    CompleteWork,
    DepartForSite,
    HoldWorkOrder,
    StartWork,
)
from domain.workorder.report import ServiceReport
from tests.support.builders import (
    AT,
    CHEN,
    CHEN_CHAT,
    FREEZER,
    LI,
    ORDER,
    PHARMA,
    QIAN,
    WANG,
    ZHAO,
    cause,
)
from tests.support.storage import at_once, decided, one, opened, rows, transaction

ROUNDS = 3
WHOLE = ServiceReport(cause="电容击穿", remedy="更换电容", hours=Decimal("1.5"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as database:
        yield database


def on(order_id: UUID, actor: UUID, minute: int = 0) -> dict[str, Any]:
    """Return the fields of a command about one work order."""
    return {"work_order_id": order_id, **cause(actor, AT + timedelta(minutes=minute))}


def offered(order_id: UUID, technician: UUID) -> OfferWorkOrder:
    facts: dict[str, Any] = {
        "technician_id": technician,
        "expires_at": AT + timedelta(hours=1),
        "reason": "同区域",
    }
    return OfferWorkOrder(**facts, **on(order_id, ZHAO))


def reassigned(order_id: UUID, technician: UUID) -> ReassignWorkOrder:
    facts: dict[str, Any] = {
        "technician_id": technician,
        "expires_at": AT + timedelta(hours=1),
        "reason": "车坏了",
    }
    return ReassignWorkOrder(**facts, **on(order_id, ZHAO, 9))


def made(order_id: UUID, steps: int) -> Sequence[Command]:
    """Return the commands that bring a work order so far: offered, accepted, … completed, accepted."""
    registered = RegisterWorkOrder(
        work_order_id=order_id,
        requester_id=CHEN,
        customer_id=PHARMA,
        asset_id=FREEZER,
        description="不制冷",
        origin=CHEN_CHAT,
        source_key=str(order_id),
        **cause(CHEN),
    )
    rest = [
        offered(order_id, LI),
        AcceptWorkOrder(**on(order_id, LI, 1)),
        DepartForSite(**on(order_id, LI, 2)),
        ArriveOnSite(**on(order_id, LI, 3)),
        StartWork(**on(order_id, LI, 4)),
        CompleteWork(report=WHOLE, **on(order_id, LI, 5)),
        SignOffWork(**on(order_id, CHEN, 6)),
    ]
    return [registered, *rest[:steps]]


def rivals(order_id: UUID) -> dict[str, tuple[int, Command, Command]]:
    """Return, for each race, how far the work order is and the two who meet there."""
    settles: dict[str, Any] = {"amount_fen": 100, "payer": Payer.CUSTOMER}
    return {
        "accept or another offer": (1, AcceptWorkOrder(**on(order_id, LI, 9)), offered(order_id, WANG)),
        "accept or cancel": (
            1,
            AcceptWorkOrder(**on(order_id, LI, 9)),
            CancelWorkOrder(reason="不修了", **on(order_id, CHEN, 9)),
        ),
        "accept or reassign": (1, AcceptWorkOrder(**on(order_id, LI, 9)), reassigned(order_id, WANG)),
        "depart or reassign": (2, DepartForSite(**on(order_id, LI, 9)), reassigned(order_id, WANG)),
        "complete or cancel": (
            5,
            CompleteWork(report=WHOLE, **on(order_id, LI, 9)),
            CancelWorkOrder(reason="不修了", **on(order_id, CHEN, 9)),
        ),
        "complete or hold": (
            5,
            CompleteWork(report=WHOLE, **on(order_id, LI, 9)),
            HoldWorkOrder(reason=HoldReason.PART, **on(order_id, ZHAO, 9)),
        ),
        "accept the work or reject it": (
            6,
            SignOffWork(**on(order_id, CHEN, 9)),
            RejectWork(reason="不制冷", **on(order_id, CHEN, 9)),
        ),
        "settle twice": (
            7,
            SettleWorkOrder(**settles, **on(order_id, ZHAO, 9)),
            SettleWorkOrder(**settles, **on(order_id, QIAN, 9)),
        ),
    }


DONE, TOO_LATE = "done", "transition_not_allowed"
ENDS: dict[str, dict[tuple[str, str], str]] = {
    "accept or another offer": {(DONE, TOO_LATE): "accepted", ("not_the_assignee", DONE): "offered"},
    "accept or cancel": {(DONE, DONE): "cancelled", (TOO_LATE, DONE): "cancelled"},
    "accept or reassign": {(DONE, DONE): "offered", (DONE, TOO_LATE): "accepted"},
    "depart or reassign": {(DONE, DONE): "offered", ("not_the_assignee", DONE): "offered"},
    "complete or cancel": {(DONE, TOO_LATE): "completed", (TOO_LATE, DONE): "cancelled"},
    "complete or hold": {(DONE, TOO_LATE): "completed", (TOO_LATE, DONE): "on_hold"},
    "accept the work or reject it": {(DONE, TOO_LATE): "signed_off", (TOO_LATE, DONE): "accepted"},
    "settle twice": {(DONE, DONE): "settled"},
}
"""How each race may end: what the two were told, and where the work order then stands.

Both may win, one after the other, where the second step is possible after the first.
"""


def tried(database: Database, command: Command) -> str:
    """Decide as the inbound path does: a lost race is run again, and ends with a reason."""
    for _ in range(RACES):
        try:
            decided(database, command)
        except ConcurrentUpdate:
            continue
        except DomainError as refusal:
            return refusal.code
        return DONE
    raise AssertionError(f"lost {RACES} races at {type(command).__name__} and would be told no reason")


def one_of(database: Database, pair: tuple[Command, Command], at: int) -> str:
    """Let one of two try."""
    return tried(database, pair[at])


@pytest.mark.parametrize("race", list(rivals(ORDER)))
def test_one_of_two_rivals_wins_and_the_other_is_told_why(database: Database, race: str):
    for number in range(ROUNDS):
        order_id = UUID(int=ORDER.int + number)
        steps, first, second = rivals(order_id)[race]
        decided(database, *made(order_id, steps))

        ended = at_once(2, partial(one_of, database, (first, second)))

        ((status, version, events),) = rows(
            database,
            "SELECT status, version, (SELECT count(*) FROM event WHERE subject_id = :id) "
            "FROM work_order WHERE id = :id",
            id=order_id.hex if database.counting is None else order_id,
        )
        assert ENDS[race].get((ended[0], ended[1])) == status, ended
        assert version >= 2
        assert events >= steps + 2
    assert one(database, "SELECT count(*) FROM offer WHERE outcome = 'open'") <= ROUNDS


@pytest.mark.parametrize("both_asked", [False, True])
def test_two_technicians_accept_at_once_and_only_the_one_who_was_asked_last_has_it(
    database: Database, both_asked: bool
):
    decided(database, *made(ORDER, 0), *([offered(ORDER, WANG)] if both_asked else []), offered(ORDER, LI))
    pair = (AcceptWorkOrder(**on(ORDER, LI, 9)), AcceptWorkOrder(**on(ORDER, WANG, 9)))

    ended = at_once(2, partial(one_of, database, pair))

    assert ended[0] == DONE
    assert ended[1] in {"not_the_assignee", "taken_by_another"}


def test_one_press_delivered_to_many_processes_is_one_step(database: Database):
    decided(database, *made(ORDER, 2))

    ended = at_once(6, lambda _: tried(database, DepartForSite(**on(ORDER, LI, 9))))

    assert set(ended) == {DONE}
    assert one(database, "SELECT count(*) FROM event WHERE name = 'TechnicianDeparted'") == 1


def test_a_step_is_decided_on_what_another_process_committed_meanwhile(database: Database):
    decided(database, *made(ORDER, 5))
    with transaction(database) as uow:
        uow.work_orders.get(ORDER)
        make_bus().handle(CancelWorkOrder(reason="", **on(ORDER, CHEN, 8)), uow)
        uow.commit()

    assert tried(database, CompleteWork(report=WHOLE, **on(ORDER, LI, 9))) == TOO_LATE
