"""The scope of a region: what lies in it is a colleague's, and a customer has none of ours."""

import pytest

from domain.access.rights import Field, Scope, Verb, may, sees
from domain.kernel.errors import NotPermitted
from domain.people.model import Role
from domain.policies.guard import guard
from domain.policies.relation import relation_to
from domain.workorder.commands import AddWorkOrderNote
from domain.workorder.errors import WorkOrderNotFound
from tests.fakes.memory import memory
from tests.support.builders import CHEN, LI, ORDER, WANG, cause, person, work_order


def note(actor: object) -> AddWorkOrderNote:
    return AddWorkOrderNote(work_order_id=ORDER, kind="text", text="到货了", **cause(str(actor)))


@pytest.mark.parametrize(
    ("theirs", "lies", "scope"),
    [
        ("浦东", "浦东", Scope.REGION),
        ("浦西；浦东", "浦东张江", Scope.REGION),
        ("浦西", "浦东", Scope.ALL),
        ("", "浦东", Scope.REGION),
        ("浦西", "", Scope.REGION),
    ],
)
def test_a_colleague_s_region_is_what_lies_in_it(theirs: str, lies: str, scope: Scope):
    order, colleague = work_order(assignee=LI, region=lies), person(WANG)
    colleague.region = theirs

    assert relation_to(order, colleague, memory(order)).scope is scope


@pytest.mark.parametrize(("region", "allowed"), [("浦东", True), ("浦西", False), ("", True)])
def test_a_storekeeper_serves_the_jobs_of_their_region(region: str, allowed: bool):
    order = work_order(assignee=LI, region="浦东")
    uow = memory(order)
    keeper = uow.people.get(WANG)
    keeper.region = region
    keeper.give_roles(frozenset({Role.STOREKEEPER}))
    relation = relation_to(order, keeper, uow)

    assert sees(keeper.roles, Field.INTERNAL_NOTES, relation) is allowed
    assert may(keeper.roles, Verb.NOTE, relation) is allowed
    if allowed:
        guard(note(WANG), uow)
    else:
        with pytest.raises(NotPermitted):
            guard(note(WANG), uow)


def test_a_customer_learns_nothing_of_other_orders_where_they_live():
    order = work_order(assignee=LI, region="浦东", requester_id=LI, customer_id=None)
    uow = memory(order)
    uow.people.get(CHEN).region = "浦东"

    with pytest.raises(WorkOrderNotFound):
        guard(note(CHEN), uow)
