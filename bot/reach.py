"""Whether a customer hears of something by themselves, and who asks them where they do not."""

from datetime import timedelta

from adapters.inbound import sender_key
from bot.ports import BotUnitOfWork
from cards.text import CALL_CUSTOMER, CUSTOMER_WILL_HEAR
from domain.policies.audiences import for_whom, reporters, unreached
from domain.workorder.model import WorkOrder

ASKED = "asked_for_caller"
ASKED_FOR = timedelta(hours=24)


def customer_told(order: WorkOrder, uow: BotUnitOfWork) -> str:
    """Return what a technician reads: that the customer will be told, or whom to call."""
    phone = unreached(order, uow)
    return CUSTOMER_WILL_HEAR if phone is None else CALL_CUSTOMER.format(phone=phone)


def agents_of(order: WorkOrder, uow: BotUnitOfWork) -> list[str]:
    """Return the keys of the agents who pass words on for somebody without a chat, as senders are keyed."""
    found = reporters(order, uow).items()
    return [_key(address) for address, person_id in found if for_whom(address, person_id, uow)]


def asked_key(key: str) -> str:
    """Return where the question is kept that an agent was asked last; beside all other talk."""
    return f"asked:{key}"


def _key(address: str) -> str:
    platform = "dingtalk" if address.startswith("dingtalk") else "wecom"
    return sender_key(platform, address.rpartition(":")[2])
