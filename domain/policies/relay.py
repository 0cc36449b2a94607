"""Words and files between customer and technician reach the other side."""

from collections.abc import Sequence
from datetime import timedelta
from zlib import crc32

from domain.files.events import FileFetched
from domain.kernel.notices import Notice, person_audience
from domain.policies.audiences import told, unreached
from domain.policies.ports import EveryUnitOfWork
from domain.policies.views import name_of_actor
from domain.workorder.details import HoldReason
from domain.workorder.events import WordsRelayed
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status

INTRODUCED_FOR = timedelta(minutes=10)
"""How long a reader remembers who sends pictures."""


def relay_words(event: WordsRelayed, uow: EveryUnitOfWork) -> None:
    """Bring words and the files we have to the other side; files that are still fetched follow."""
    if not event.text and not event.files:
        return
    order = uow.work_orders.get(event.work_order_id)
    key = f"relay:{event.source_key}:{event.occurred_at.timestamp()}:{crc32(event.text.encode()):x}"
    bare = not event.text and _introduced(event, uow)
    _bring(order, event.to, event.actor_id, event.text, event.files, key, uow, bare=bare)


def relay_file(event: FileFetched, uow: EveryUnitOfWork) -> None:
    """Let a file follow the words of its message, if they were relayed before it was fetched.

    The first file of a message without words says whose it is; the others need no line of their own.
    """
    if event.work_order_id is None:
        return
    attachment = uow.files.get(event.attachment_id)
    for fact in uow.histories.facts([event.work_order_id], [WordsRelayed.__name__]):
        payload = fact.payload
        if payload.get("source_key") != attachment.source_key or event.sha256 in payload["files"]:
            continue
        order = uow.work_orders.get(event.work_order_id)
        siblings = [
            one
            for one in uow.files.of_work_order(order.id)
            if one.source_key == attachment.source_key and one.is_kept and one.id != attachment.id
        ]
        key = f"relay_file:{attachment.id}"
        to, bare = str(payload["to"]), bool(payload["text"] or payload["files"] or siblings)
        _bring(order, to, fact.actor_id, "", (event.sha256,), key, uow, bare=bare)
        return


def _bring(
    order: WorkOrder,
    to: str,
    actor_id: str,
    text: str,
    files: Sequence[str],
    key: str,
    uow: EveryUnitOfWork,
    *,
    bare: bool = False,
) -> None:
    view = {
        "number": order.number,
        "speaker": name_of_actor(actor_id, uow),
        "speaker_id": actor_id,
        "role": _role(order, actor_id, uow),
        "to": to,
        "text": text,
        "files": list(files),
        "bare": bare,
    }
    notice = Notice(
        audience=person_audience(str(order.assignee_id)),
        card="relayed",
        view=view,
        dedupe_key=key[-200:],
        subject_id=order.id,
    )
    if to == "customer":
        for one in told(order, notice, uow):
            uow.notify(one)
    elif order.assignee_id is not None:
        more = _for_technician(order, str(view["role"]), uow)
        key = f"{key}:{notice.audience}"[-200:]
        uow.notify(notice.model_copy(update={"view": view | more, "dedupe_key": key}))


def _for_technician(order: WorkOrder, role: str, uow: EveryUnitOfWork) -> dict[str, object]:
    """Return whom an agent speaks for, and whether the work waited for these words."""
    waits = order.state is Status.ON_HOLD and order.hold_reason == HoldReason.CUSTOMER.value
    return {
        "caller": (unreached(order, uow) or "") if role == "desk" else "",
        "resumes": waits,
        "work_order_id": str(order.id),
        "version": order.version,
    }


def _introduced(event: WordsRelayed, uow: EveryUnitOfWork) -> bool:
    """Return whether the reader just read who speaks; every line more is one of the five WeChat takes."""
    return any(
        fact.actor_id == event.actor_id
        and fact.payload.get("to") == event.to
        and fact.payload.get("source_key") != event.source_key
        and timedelta() <= event.occurred_at - fact.occurred_at < INTRODUCED_FOR
        for fact in uow.histories.facts([event.work_order_id], [WordsRelayed.__name__])
    )


def _role(order: WorkOrder, actor_id: str, uow: EveryUnitOfWork) -> str:
    if str(order.assignee_id) == actor_id:
        return "technician"
    return "customer" if is_reporter(actor_id, order, uow) else "desk"
