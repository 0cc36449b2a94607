"""What follows from a file that was fetched, or that cannot be had."""

from domain.files.events import FileFetched, FileMissing
from domain.kernel.notices import DESK, Notice, conversation_audience, person_audience
from domain.people.model import STAFF_ROLES
from domain.policies.ports import EveryUnitOfWork


def ask_to_send_again(event: FileMissing, uow: EveryUnitOfWork) -> None:
    """Ask the sender once for each work order or draft, however many of its files are missing."""
    about = event.work_order_id or event.draft_id or event.attachment_id
    person = person_audience(str(event.sender_id))
    uow.notify(
        Notice(
            audience=conversation_audience(event.conversation) if event.conversation else person,
            card="file_missing",
            view={"media": event.media.value, "reason": event.reason.value},
            dedupe_key=f"file_missing:{about}:{event.reason.value}:{event.sender_id}",
        )
    )


def show_desk_reused_file(event: FileFetched, uow: EveryUnitOfWork) -> None:
    """Tell the service desk when our own people show a file that another work order had before."""
    if event.reused_from is None or event.work_order_id is None:
        return
    sender = uow.people.get(event.sender_id)
    earlier = uow.files.get(event.reused_from)
    if earlier.work_order_id is None or not sender.roles & STAFF_ROLES:
        return
    # Reading locks; in one order, so that two of these never wait for each other.
    number = {
        each: uow.work_orders.get(each).number
        for each in sorted((event.work_order_id, earlier.work_order_id))
    }
    uow.notify(
        Notice(
            audience=DESK,
            card="file_reused",
            view={
                "number": number[event.work_order_id],
                "earlier_number": number[earlier.work_order_id],
                "sender_name": sender.name,
            },
            dedupe_key=f"file_reused:{event.attachment_id}",
        )
    )
