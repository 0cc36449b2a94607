"""Everything that can happen to a work order does happen to it, in lives that are the same every time."""

from random import Random

from domain.workorder.details import OrderType, Priority
from domain.workorder.status import UNDER_WAY
from tests.properties.test_lifecycle import LifeOfAWorkOrder
from tests.support.builders import ZHAO
from tests.support.life import kinds

TOURS = 60
ALSO = {"accepted by the desk", "closed again", "closed without a follow-up"}
ALSO |= {"closed by itself", "signature voided", "reassigned"}
"""What must occur besides every kind of event."""
ELSEWHERE = {"AssetCorrected", "WorkOrderRecalled", "DecisionAwaited", "JobPartsChanged"}
"""They need a second machine, a ladder and a process: flows of machines, SLA and approvals play them."""


def tour(number: int) -> None:
    """Let the right people live through a work order, the same every time, and check it in between."""
    luck = Random(number)
    life = LifeOfAWorkOrder()
    life.it_has_come_far(luck)
    life.say(ZHAO, "customer", luck.random() < 0.5)
    life.change(ZHAO, "停产", Priority.P1, OrderType.CLAIM, 2)
    life.the_clock_looks(luck.choice([0, 20]))
    life.the_clock_decides(luck.choice(["leave", "extend", "dispatch"]))
    check(life)
    if life.order.state in UNDER_WAY:
        life.the_holder_leaves()
    life.it_has_come_far(luck)
    check(life)
    life.end(ZHAO, 0, luck.choice(["cancel", "merge", "take in"]))
    check(life)


def check(life: LifeOfAWorkOrder) -> None:
    """Insist on every invariant."""
    for one in life.invariants:
        one.function(life)


def test_everything_that_can_happen_to_a_work_order_happens_and_leaves_it_on_its_table():
    LifeOfAWorkOrder.lived.clear()

    for number in range(TOURS):
        tour(number)

    wanted = {*(kind.__name__ for kind in kinds()), *ALSO} - ELSEWHERE
    assert wanted - {*+LifeOfAWorkOrder.lived} == set()
