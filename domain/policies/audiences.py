"""Who reported a work order, and where they are told."""

from uuid import UUID

from domain.kernel.notices import DESK, PERSON, Notice, conversation_audience, person_audience
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder

_COLLEAGUES = ("dingtalk_user:", "wecom_user:", "wecom_aibot:")
"""Chats of the colleague who registered somebody that has no chat of their own."""
AGENT = "agent"
CANNOT_CHANGE = ("wecom_kf:", "wecom_aibot:")
"""Chats whose cards cannot change: every change would be one more message."""


def reporters(order: WorkOrder, uow: EveryUnitOfWork) -> dict[str, UUID]:
    """Return everybody who reported it by the chat they did it in, the first one first.

    Who reported through another system or on a page and is bound to no platform has no chat. Who was
    registered by phone is reached in the agent's chat, and in their own from the moment they have one. Who
    was switched off hears nothing any more.
    """
    found: dict[str, UUID] = {}
    for address, person_id in _asked(order, uow):
        if uow.people.get(person_id).active:
            found.setdefault(address, person_id)
    return found


def conversations(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[str, ...]:
    """Return the chats of everybody who reported it, the first one first, each once."""
    return tuple(reporters(order, uow))


def tell_desk_nobody_hears(order: WorkOrder, uow: EveryUnitOfWork) -> None:
    """Tell the service desk, once, that everybody who reported a work order was switched off."""
    if not _asked(order, uow) or reporters(order, uow):
        return
    uow.notify(
        Notice(
            audience=DESK,
            card="news",
            view={"kind": "nobody_hears", "number": order.number, "facts": {}},
            dedupe_key=f"{order.id}:nobody_hears",
            subject_id=order.id,
        )
    )


def _asked(order: WorkOrder, uow: EveryUnitOfWork) -> list[tuple[str, UUID]]:
    """Return everybody who reported it from a chat, whether they are still there or not."""
    first = [(_origin(order, uow), order.requester_id)] if order.origin else []
    reporters_of = uow.work_orders.reporters(order.id)
    joined = [one for one in reporters_of if one.left_at is None and one.conversation]
    return first + [(one.conversation, one.person_id) for one in joined]


def for_whom(address: str, person_id: UUID, uow: EveryUnitOfWork) -> str:
    """Return name and number of whoever is to be told by the agent in this chat; empty for one's own chat."""
    if not address.startswith(_COLLEAGUES):
        return ""
    person = uow.people.get(person_id)
    return "" if person.identities else f"{person.name} {person.mobile}".strip()


def unreached(order: WorkOrder, uow: EveryUnitOfWork) -> str | None:
    """Return the number to call where the first reporter has no chat of their own, else None."""
    if order.origin and not for_whom(_origin(order, uow), order.requester_id, uow):
        return None
    return order.request.mobile or uow.people.get(order.requester_id).mobile


def told(order: WorkOrder, notice: Notice, uow: EveryUnitOfWork) -> list[Notice]:
    """Return a notice for every reporter: in the customer's voice, or for the agent who passes it on.

    Args:
        notice: its audience and key are completed for each.
    """
    return [told_at(address, person_id, notice, uow) for address, person_id in reporters(order, uow).items()]


def told_at(address: str, person_id: UUID, notice: Notice, uow: EveryUnitOfWork) -> Notice:
    """Return the notice for one reporter."""
    own = notice.model_copy(
        update={
            "audience": conversation_audience(address),
            "dedupe_key": f"{notice.dedupe_key}:{address}"[-200:],
        }
    )
    caller = for_whom(address, person_id, uow)
    if not caller:
        return own
    return own.model_copy(
        update={
            "card": "for_caller",
            "view": {"caller": caller, "card": notice.card, "view": notice.view},
            "living": False,
            "anew": False,
            "quiet": False,
        }
    )


def _origin(order: WorkOrder, uow: EveryUnitOfWork) -> str:
    if order.origin.startswith(PERSON) or order.request.source != AGENT:
        return order.origin
    bound = bool(uow.people.get(order.requester_id).identities)
    return person_audience(str(order.requester_id)) if bound else order.origin
