"""Links to a customer's pages in messages: only in a chat that nobody else reads."""

from datetime import datetime
from typing import Final
from uuid import UUID

from domain.kernel.links import Page
from domain.kernel.notices import PERSON
from domain.policies.audiences import for_whom
from domain.policies.ports import EveryUnitOfWork
from domain.policies.views import requester_view
from domain.workorder.model import WorkOrder
from domain.workorder.views import RequesterView

_ALONE: Final = (PERSON, "wecom_kf:", "wecom_user:", "dingtalk_user:")
"""How the chats of one person begin; a group, and a robot's answer that a group may read, begin otherwise."""


def link_in(
    address: str, page: Page, order: WorkOrder, person_id: UUID, at: datetime, uow: EveryUnitOfWork
) -> str:
    """Return the link to a page for one reporter in one chat; nothing where somebody else would read it."""
    if not address.startswith(_ALONE) or for_whom(address, person_id, uow):
        return ""
    return uow.links.to(page, person_id, order.id, at)


def requester_view_in(
    address: str, order: WorkOrder, person_id: UUID, at: datetime, uow: EveryUnitOfWork
) -> RequesterView:
    """Return the work order as one who reported it sees it in a chat, with the way to its page."""
    view = requester_view(order, person_id, uow)
    if not view.actions and not view.scores:
        return view
    url = link_in(address, Page.ACCEPTANCE, order, person_id, at, uow)
    return view.model_copy(update={"page_url": url})
