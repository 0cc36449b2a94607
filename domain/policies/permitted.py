"""What one person may do to a work order and see of it: the same table that the guard asks."""

from collections.abc import Mapping

from domain.access.rights import Field, Relation, Verb, may, sees
from domain.people.model import Person
from domain.policies.ports import EveryUnitOfWork
from domain.policies.relation import relation_to
from domain.workorder.model import WorkOrder
from domain.workorder.status import TRANSITIONS, Action
from domain.workorder.views import WorkOrderView

VERB_OF: Mapping[Action, Verb] = {
    # What only the clock does has no verb.
    Action.OFFER: Verb.OFFER,
    Action.RECOMMEND: Verb.OFFER,
    Action.ACCEPT: Verb.ACCEPT,
    Action.DECLINE: Verb.DECLINE,
    Action.REASSIGN: Verb.REASSIGN,
    Action.DEPART: Verb.STEP,
    Action.ARRIVE: Verb.STEP,
    Action.START: Verb.STEP,
    Action.COMPLETE: Verb.STEP,
    Action.AMEND: Verb.STEP,
    Action.HOLD: Verb.HOLD,
    Action.RESUME: Verb.HOLD,
    Action.SIGN_OFF: Verb.SIGN_OFF,
    Action.REJECT: Verb.SIGN_OFF,
    Action.SETTLE: Verb.SETTLE,
    Action.CLOSE: Verb.CLOSE,
    Action.REOPEN: Verb.REOPEN,
    Action.CANCEL: Verb.CANCEL,
    Action.MERGE: Verb.MERGE,
}


def may_do(action: Action, order: WorkOrder, person: Person, relation: Relation) -> bool:
    """Return whether this person can do this now: the status allows it, and so does a right."""
    verb = VERB_OF.get(action)
    return verb is not None and (order.state, action) in TRANSITIONS and may(person.roles, verb, relation)


def masked(view: WorkOrderView, order: WorkOrder, person: Person, uow: EveryUnitOfWork) -> WorkOrderView:
    """Return a view with only the buttons and fields that this person has a right to."""
    relation = relation_to(order, person, uow)
    sees_cost = sees(person.roles, Field.COST, relation)
    cost = order.settled_fen if sees_cost else None
    contact = sees(person.roles, Field.CONTACT, relation)
    return view.model_copy(
        update={
            "actions": tuple(one for one in view.actions if may_do(Action(one), order, person, relation)),
            "choices": tuple(one for one in view.choices if may(person.roles, _chooses(one.verb), relation)),
            "contact": view.contact if contact else "",
            "amount_fen": cost,
            "parts_fen": uow.stock.cost_of(order.id) if sees_cost and order.has_parts else None,
            "payer": order.payer if cost is not None else "",
        }
    )


def _chooses(verb: str) -> Verb:
    """Return the right that a choice needs: parts are asked for, everything else is the desk's."""
    return Verb.ASK_PARTS if verb.startswith("parts.") else Verb.OFFER
