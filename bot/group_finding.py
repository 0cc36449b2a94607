"""Which group, which work order and which technician a message in a group is about."""

from adapters.inbound import Inbound, Platform
from bot.group_words import GroupWords
from bot.ports import BotUnitOfWork
from domain.groups.errors import NothingToLink
from domain.people.model import Person, Role
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.model import WorkOrder

NEWEST = 10
"""Messages of a group that words without a number may be about."""


def group_key(inbound: Inbound) -> str:
    """Return the group, whoever speaks in it; an AI bot's address names the speaker too."""
    if inbound.channel == "wecom_aibot":
        return inbound.conversation.rpartition(":")[0]
    return inbound.conversation


def order_to_link(number: str, uow: BotUnitOfWork) -> WorkOrder:
    """Return the work order of a number; whether the presser may join it is the guard's to say."""
    if not number:
        raise NothingToLink
    order = uow.work_orders.by_number(number)
    if order is None:
        raise WorkOrderNotFound(number=number)
    return uow.work_orders.get(order.id)


def mentioned(inbound: Inbound, read: GroupWords, uow: BotUnitOfWork) -> Person | None:
    """Return the technician a message is addressed to, by the platform's word or by name."""
    platform = Platform.DINGTALK if inbound.channel == "dingtalk" else Platform.WECOM
    known = [uow.people.by_identity(platform, user_id) for user_id in inbound.mentions]
    known += [one for name in read.names for one in uow.people.by_name(name, Role.TECHNICIAN)]
    found = {one.id: one for one in known if one is not None and one.active and Role.TECHNICIAN in one.roles}
    return next(iter(found.values())) if len(found) == 1 else None
